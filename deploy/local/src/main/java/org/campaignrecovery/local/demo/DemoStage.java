package org.campaignrecovery.local.demo;

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

import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.ProcessTable;

/**
 * A directory of its own, free ports and nobody else's mail server: the demo can be run again and beside a running stack. All its processes
 * are killed on {@link #close}, and when the JVM is told to end.
 */
final class DemoStage implements AutoCloseable {
    /** Empty counts as not given: whatever the environment says, the demo sends to its own stand-ins. */
    private static final List<String> NEVER_FROM_OUTSIDE = List.of("SMTP_HOST", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD", "SMTP_TLS",
            "TWILIO_API_BASE", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM");

    private final LocalCluster cluster;
    private final Map<String, String> databases;

    DemoStage(LocalDirectory directory) {
        new ProcessTable(directory).all().forEach(ManagedProcess::kill);
        List.of("data", "run", "log").forEach(part -> delete(directory.root().resolve(part)));
        this.databases = databases();
        Map<String, String> environment = new HashMap<>(databases);
        NEVER_FROM_OUTSIDE.forEach(variable -> environment.put(variable, ""));
        this.cluster = new LocalCluster(directory, ClusterSettings.isolated().withEnvironment(environment));
        Runtime.getRuntime().addShutdownHook(new Thread(this::closeForGood, "demo-clean-up"));
    }

    LocalCluster cluster() {
        return cluster;
    }

    LocalDirectory directory() {
        return cluster.directory();
    }

    String campaignDatabase() {
        return databases.get("CAMPAIGN_DB");
    }

    /** The stack's addresses and the names of this demo's databases. */
    Map<String, String> addresses() {
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

    /** Names of their own, in case that MONGO_URI names a server that others use too. */
    private static Map<String, String> databases() {
        String suffix = Long.toString(System.currentTimeMillis(), Character.MAX_RADIX);
        return Map.of("CAMPAIGN_DB", "demo_campaigns_" + suffix, "SEGMENTATION_DB", "demo_retail_" + suffix);
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
            throw new UncheckedIOException("What the last demo left behind cannot be removed: " + directory, e);
        }
    }
}
