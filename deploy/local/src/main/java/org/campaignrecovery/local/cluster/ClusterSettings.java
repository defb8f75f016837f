package org.campaignrecovery.local.cluster;

import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * How processes are started.
 *
 * @param freePorts every part on a free port instead of the usual ones
 * @param environment for all of them; what the launching process has is inherited beneath it
 * @param stackJvm JVM options of the embedded stack
 * @param serviceJvm JVM options of apis and workers
 * @param startLimit how long one may take to become ready
 */
public record ClusterSettings(boolean freePorts, Map<String, String> environment, List<String> stackJvm, List<String> serviceJvm,
        Duration startLimit) {
    private static final String STACK_JVM = "-Xmx768m -XX:+UseParallelGC";
    private static final String SERVICE_JVM = "-Xmx256m -XX:+UseSerialGC";
    /** Halves the processor time of a start; what runs for minutes is faster without it. */
    private static final String QUICK_START = " -XX:TieredStopAtLevel=1";
    private static final Duration START_LIMIT = Duration.ofSeconds(90);

    /** The usual ports; {@code STACK_JAVA_OPTS} and {@code SERVICE_JAVA_OPTS} replace the JVM options. */
    public static ClusterSettings of(Map<String, String> environment) {
        return of(environment, STACK_JVM, SERVICE_JVM);
    }

    /** Free ports and the JVMs of {@code make up}, the stack's with options of its own: for what measures. */
    public static ClusterSettings measured(String stackJvm) {
        return of(System.getenv(), stackJvm, SERVICE_JVM).withFreePorts(true);
    }

    /**
     * Free ports and JVMs that start quickly: for tests and the demo, which run for seconds and beside other stacks. A test of throughput
     * adds {@code -XX:TieredStopAtLevel=4}.
     */
    public static ClusterSettings isolated() {
        return of(System.getenv(), STACK_JVM + QUICK_START, SERVICE_JVM + QUICK_START).withFreePorts(true);
    }

    private static ClusterSettings of(Map<String, String> environment, String stackJvm, String serviceJvm) {
        return new ClusterSettings(false, environment, words(environment.getOrDefault("STACK_JAVA_OPTS", stackJvm)),
                words(environment.getOrDefault("SERVICE_JAVA_OPTS", serviceJvm)), START_LIMIT);
    }

    private ClusterSettings withFreePorts(boolean free) {
        return new ClusterSettings(free, environment, stackJvm, serviceJvm, startLimit);
    }

    public ClusterSettings withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new ClusterSettings(freePorts, Map.copyOf(all), stackJvm, serviceJvm, startLimit);
    }

    private static List<String> words(String options) {
        return Arrays.stream(options.trim().split("\\s+")).filter(word -> !word.isEmpty()).toList();
    }
}
