package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.access.SessionKey;
import org.campaignrecovery.local.access.UserSetup;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.ports.Ports;
import org.campaignrecovery.local.processes.LaunchOrder;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.ProcessTable;
import org.campaignrecovery.local.processes.Readiness;
import org.campaignrecovery.local.stack.StackMain;

/**
 * A stack, apis and workers as processes of their own, all in one local directory. The processes outlive this object; {@link #killAll} and
 * {@link #stopAll} end them.
 */
public final class LocalCluster {
    public static final String STACK = "stack";

    private final LocalDirectory directory;
    private final ClusterSettings settings;
    private final ProcessTable table;
    private final ServicePorts ports;
    private final Map<String, String> environment;
    private final LocalUsers users;
    private boolean archived;

    public LocalCluster(LocalDirectory directory, ClusterSettings settings) {
        this.directory = directory;
        this.settings = settings;
        this.table = new ProcessTable(directory);
        this.ports = new ServicePorts(directory, settings);
        directory.create();
        this.users = LocalUsers.of(directory);
        this.environment = new HashMap<>(settings.environment());
        environment.put("LOCAL_DIR", directory.root().toString());
        environment.putIfAbsent("SESSION_ENCRYPTION_KEY", SessionKey.of(directory));
    }

    /** The embedded parts, or the running process that holds them; returns when all answer. */
    public ManagedProcess startStack() {
        Optional<ManagedProcess> running = table.find(STACK);
        if (running.isPresent()) {
            return running.get();
        }
        remove(directory.stackEnv());
        LaunchOrder order = LaunchOrder.mainClass(STACK, StackMain.class).withJvmOptions(settings.stackJvm()).withEnvironment(environment);
        if (settings.freePorts()) {
            order = order.withEnvironment(
                    Map.of("STACK_MONGO_PORT", "0", "STACK_KAFKA_PORT", "0", "STACK_SMTP_PORT", "0", "STACK_TWILIO_PORT", "0"));
        }
        ManagedProcess stack = table.launch(order);
        Readiness.await(stack, settings.startLimit(), () -> Files.exists(directory.stackEnv()));
        return stack;
    }

    /** For those that start many services: each start takes a third less, once this has taken some seconds after each build. */
    public void archiveClasses() {
        for (ServiceKind kind : ServiceKind.values()) {
            new ClassArchive(jar(kind, environment)).make();
        }
        archived = true;
    }

    /** What {@code run/stack.env} says. */
    public Map<String, String> addresses() {
        try {
            return EnvFile.read(directory.stackEnv());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts {@code <kind>-<number>} and does not wait until it is ready. The stack must be up. */
    public Service launch(ServiceKind kind, int number) {
        return launch(kind, number, List.of(), Map.of());
    }

    /**
     * As {@link #launch(ServiceKind, int)}, with further JVM options ({@code -Xmx192m}; the last of its kind counts) and variables, among which
     * {@link ServiceKind#jarVariable} may name another build for this process alone.
     */
    public Service launch(ServiceKind kind, int number, List<String> jvmOptions, Map<String, String> variables) {
        String name = kind.processName(number);
        int port = ports.settle(kind, number);
        if (Ports.taken(port)) {
            throw new IllegalStateException("Port " + port + " for " + name + " is taken: stop what listens there, or set "
                    + kind.portVariable() + " to another first port.");
        }
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(addresses());
        all.putIfAbsent("PUBLIC_URL", url(ServiceKind.API, 1).toString());
        all.put("PORT", String.valueOf(port));
        if (kind == ServiceKind.API) {
            all.put("ADMIN_USERNAME", users.get(LocalUsers.ADMIN).username());
            all.put("ADMIN_PASSWORD", users.get(LocalUsers.ADMIN).password());
        }
        all.putAll(variables);
        Path jar = jar(kind, all);
        LaunchOrder order = LaunchOrder.jar(name, jar.toString())
                .withJvmOptions(archived ? new ClassArchive(jar).options() : List.of()).withJvmOptions(settings.serviceJvm())
                .withJvmOptions(jvmOptions)
                .withEnvironment(all);
        return service(table.launch(order), kind, number);
    }

    /** The living process of that number. */
    public Optional<Service> find(ServiceKind kind, int number) {
        return table.find(kind.processName(number)).map(process -> service(process, kind, number));
    }

    public URI url(ServiceKind kind, int number) {
        return URI.create("http://127.0.0.1:" + ports.of(kind, number));
    }

    /** Creates the users of this directory through the first api; harmless when they exist. */
    public LocalUsers createUsers() {
        UserSetup.ensure(url(ServiceKind.API, 1), users);
        return users;
    }

    /** A session with the first api, logged in as the user of {@code role} ({@link LocalUsers}). */
    public ApiClient login(String role) {
        return ApiClient.login(url(ServiceKind.API, 1), users.get(role).username(), users.get(role).password());
    }

    /** All that run, the stack too. */
    public List<ManagedProcess> processes() {
        return table.all();
    }

    public LocalDirectory directory() {
        return directory;
    }

    /** SIGTERM to apis and workers, then to the stack; SIGKILL to what outlives {@code grace}. */
    public void stopAll(Duration grace) {
        Shutdown.stopAll(table, grace);
    }

    /** SIGKILL to everything. */
    public void killAll() {
        table.all().forEach(ManagedProcess::kill);
    }

    private Service service(ManagedProcess process, ServiceKind kind, int number) {
        return new Service(process, url(kind, number), settings.startLimit());
    }

    private static Path jar(ServiceKind kind, Map<String, String> variables) {
        Path jar = Optional.ofNullable(variables.get(kind.jarVariable())).map(Path::of)
                .orElseGet(() -> Repository.root().resolve(kind.jar()));
        if (!Files.exists(jar)) {
            throw new IllegalStateException(jar + " is missing: run make build, or set " + kind.jarVariable() + ".");
        }
        return jar;
    }

    private static void remove(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
