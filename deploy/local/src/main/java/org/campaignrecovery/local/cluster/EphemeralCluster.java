package org.campaignrecovery.local.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.ProcessTable;

/**
 * A cluster on an emptied directory of its own, with free ports and nobody else's mail server, so that what uses it can be run again and
 * beside a running stack. All its processes are killed on {@link #close}, and when the JVM is told to end.
 */
public final class EphemeralCluster implements AutoCloseable {
    /** Empty counts as not given: whatever the environment says, it sends to its own stand-ins. */
    private static final List<String> NEVER_FROM_OUTSIDE = List.of("SMTP_HOST", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD", "SMTP_TLS",
            "TWILIO_API_BASE", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM");

    private final LocalCluster cluster;
    private final Map<String, String> databases;

    /**
     * @param name part of the databases' names, in case that MONGO_URI names a server that others use too
     * @param settings how processes are started; the environment is added to
     */
    public EphemeralCluster(LocalDirectory directory, String name, ClusterSettings settings) {
        new ProcessTable(directory).all().forEach(ManagedProcess::kill);
        List.of("data", "run", "log").forEach(part -> delete(directory.root().resolve(part)));
        this.databases = databases(name);
        Map<String, String> environment = new HashMap<>(databases);
        NEVER_FROM_OUTSIDE.forEach(variable -> environment.put(variable, ""));
        this.cluster = new LocalCluster(directory, settings.withEnvironment(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeForGood, "clean-up"));
    }

    public LocalCluster cluster() {
        return cluster;
    }

    public LocalDirectory directory() {
        return cluster.directory();
    }

    public String campaignDatabase() {
        return databases.get("CAMPAIGN_DB");
    }

    /** The stack's addresses and the names of its own databases. */
    public Map<String, String> addresses() {
        Map<String, String> all = new HashMap<>(cluster.addresses());
        all.putAll(databases);
        return all;
    }

    @Override
    public void close() {
        cluster.killAll();
    }

    /** The main thread may be starting a process at this very moment: look again. */
    private void closeForGood() {
        close();
        Poll.until(Duration.ofMillis(300), () -> false);
        close();
    }

    private static Map<String, String> databases(String name) {
        String suffix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return Map.of("CAMPAIGN_DB", name + "_campaigns_" + suffix, "SEGMENTATION_DB", name + "_retail_" + suffix);
    }

    private static void delete(Path directory) {
        if (!Files.exists(directory)) {
            return;
        }
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("What was left behind cannot be removed: " + directory, e);
        }
    }
}
