package org.campaignrecovery.local.cluster;

import java.nio.file.Path;

/** The two services; every process is named {@code <kind>-<number>}, numbered from 1. */
public enum ServiceKind {
    API("api", 3000, 100, "api-service"),
    WORKER("worker", 3001, 1, "worker-service");

    private final String title;
    private final int firstPort;
    private final int portStep;
    private final String module;

    ServiceKind(String title, int firstPort, int portStep, String module) {
        this.title = title;
        this.firstPort = firstPort;
        this.portStep = portStep;
        this.module = module;
    }

    String processName(int number) {
        return title + "-" + number;
    }

    /** The variable that moves this kind's ports. */
    String portVariable() {
        return name() + "_PORT_BASE";
    }

    int firstPort() {
        return firstPort;
    }

    int portStep() {
        return portStep;
    }

    /** Where Maven puts the program, relative to the repository's root. */
    public Path jar() {
        return Path.of(module, "target", "quarkus-app", "quarkus-run.jar");
    }

    /** The variable that names another build of the program. */
    public String jarVariable() {
        return name() + "_JAR";
    }
}
