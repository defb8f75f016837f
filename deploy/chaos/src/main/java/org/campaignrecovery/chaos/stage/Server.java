package org.campaignrecovery.chaos.stage;

import java.util.Map;

import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;

/** One part of the embedded stack in a process of its own, so that it can be killed alone. It keeps its files and its port. */
public final class Server {
    private final String title;
    private final LocalCluster cluster;
    private volatile boolean up;

    /** @param environment with an address for every part but this one: those are not started */
    Server(String title, LocalDirectory directory, ClusterSettings settings, Map<String, String> environment) {
        this.title = title;
        this.cluster = new LocalCluster(directory, settings.withEnvironment(environment));
    }

    public String title() {
        return title;
    }

    /** Returns when it answers. */
    public void start() {
        cluster.startStack();
        up = true;
    }

    /** SIGKILL. */
    public void kill() {
        up = false;
        cluster.processes().forEach(ManagedProcess::kill);
    }

    /** Whether it has not been killed since it was started. */
    public boolean up() {
        return up;
    }

    String address(String variable) {
        return cluster.addresses().get(variable);
    }
}
