package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.logging.QuietLogging;

/** {@code make up [WORKERS=n] [APIS=n]}: starts what does not run yet, and says what does. */
public final class UpMain {
    private final LocalCluster cluster;
    private final Map<ServiceKind, Integer> wanted;

    private UpMain(Map<String, String> environment) {
        this.cluster = new LocalCluster(LocalDirectory.of(environment), ClusterSettings.of(environment));
        this.wanted = new TreeMap<>(
                Map.of(ServiceKind.API, count(environment, "APIS"), ServiceKind.WORKER, count(environment, "WORKERS")));
    }

    public static void main(String[] arguments) throws IOException {
        QuietLogging.install();
        try {
            new UpMain(System.getenv()).run();
        } catch (RuntimeException e) {
            System.err.println(e.getMessage());
            System.exit(1);
        }
    }

    private void run() throws IOException {
        boolean runs = cluster.processes().stream().anyMatch(process -> process.name().equals(LocalCluster.STACK));
        say(LocalCluster.STACK, runs, cluster.startStack().pid(), "");
        List<Service> services = new ArrayList<>();
        wanted.forEach((kind, count) -> {
            for (int number = 1; number <= count; number++) {
                services.add(startOrFind(kind, number));
            }
        });
        services.forEach(Service::awaitReady);
        LocalUsers users = cluster.createUsers();
        writeAddresses();
        System.out.println("\nEverything is ready. Sign in at " + cluster.url(ServiceKind.API, 1) + " as");
        LocalUsers.ROLES.forEach(role -> System.out.printf("  %-18s %s%n", users.get(role).username(), users.get(role).password()));
        System.out.println("Addresses: " + cluster.directory().stackEnv() + "   users: " + cluster.directory().run("users.json")
                + "\nLogs: " + cluster.directory().log("*") + "   stop: make down");
    }

    private Service startOrFind(ServiceKind kind, int number) {
        var running = cluster.find(kind, number);
        Service service = running.orElseGet(() -> cluster.launch(kind, number));
        say(service.name(), running.isPresent(), service.process().pid(), service.base().toString());
        return service;
    }

    /** The services' addresses join those of the stack, for scripts. */
    private void writeAddresses() throws IOException {
        Map<String, String> addresses = cluster.addresses();
        addresses.put("API_URL", cluster.url(ServiceKind.API, 1).toString());
        addresses.put("API_URLS", urls(ServiceKind.API));
        addresses.put("WORKER_URLS", urls(ServiceKind.WORKER));
        EnvFile.write(cluster.directory().stackEnv(), addresses);
    }

    private String urls(ServiceKind kind) {
        List<String> urls = new ArrayList<>();
        for (int number = 1; cluster.find(kind, number).isPresent(); number++) {
            urls.add(cluster.url(kind, number).toString());
        }
        return String.join(",", urls);
    }

    private static void say(String name, boolean ranBefore, long pid, String url) {
        System.out.printf("%-10s %s (pid %d) %s%n", name, ranBefore ? "runs already" : "started", pid, url);
    }

    private static int count(Map<String, String> environment, String variable) {
        String text = environment.getOrDefault(variable, "");
        if (!text.matches("\\d{0,2}")) {
            throw new IllegalArgumentException(variable + " must be a number from 1 to 99, not \"" + text + "\".");
        }
        return text.isEmpty() ? 1 : Math.max(1, Integer.parseInt(text));
    }
}
