package org.campaignrecovery.local.processes;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A JVM to start.
 *
 * @param name names its pid file and log, e.g. {@code worker-1}
 * @param jvmOptions e.g. {@code -Xmx192m}
 * @param program {@code -jar file} or a main class, and arguments
 * @param environment added to the environment of the launching process
 */
public record LaunchOrder(String name, List<String> jvmOptions, List<String> program, Map<String, String> environment) {

    public static LaunchOrder jar(String name, String jar) {
        return new LaunchOrder(name, List.of(), List.of("-jar", jar), Map.of());
    }

    /** A main class on this JVM's own class path. */
    public static LaunchOrder mainClass(String name, Class<?> main) {
        // As a variable and not as an argument: it may be longer than what a process list shows or a system accepts.
        return new LaunchOrder(name, List.of(), List.of(main.getName()), Map.of("CLASSPATH", System.getProperty("java.class.path")));
    }

    public LaunchOrder withJvmOptions(List<String> more) {
        List<String> all = new ArrayList<>(jvmOptions);
        all.addAll(more);
        return new LaunchOrder(name, List.copyOf(all), program, environment);
    }

    public LaunchOrder withEnvironment(Map<String, String> more) {
        Map<String, String> all = new HashMap<>(environment);
        all.putAll(more);
        return new LaunchOrder(name, jvmOptions, program, Map.copyOf(all));
    }
}
