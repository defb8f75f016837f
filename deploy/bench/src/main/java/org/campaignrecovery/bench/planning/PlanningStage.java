package org.campaignrecovery.bench.planning;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;

import org.bson.Document;
import org.campaignrecovery.bench.planning.orders.OrdersServer;
import org.campaignrecovery.bench.stage.PeakMemory;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.EphemeralCluster;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/** An embedded stack for the ledger, an api and a small worker, whose orders are elsewhere. What it has written is removed on {@link #close}. */
final class PlanningStage implements AutoCloseable {
    static final int WORKER_HEAP_MB = 256;
    private static final String STACK_JVM = "-Xmx4g -XX:+UseParallelGC";
    private static final Duration GRACE = Duration.ofSeconds(60);
    private static final String LEDGER_FILE = "mongo.mv";

    private final EphemeralCluster ephemeral;
    private final Map<String, String> orders;
    private ManagedProcess stack;
    private Service api;
    private Service worker;
    private MongoClient client;

    PlanningStage(OrdersServer orders) {
        this.ephemeral = new EphemeralCluster(
                new LocalDirectory(LocalDirectory.of(System.getenv()).root().resolve("bench-planning")), "planning",
                ClusterSettings.measured(STACK_JVM).withEnvironment(Map.of("MONGO_URI", "", "CAMPAIGN_MONGO_URI", "")));
        this.orders = Map.of("MONGO_URI", orders.connectionString());
    }

    /** Returns when everything is ready. @param window batches that a run may have open: see {@link Planning} */
    void open(int window) {
        stack = ephemeral.cluster().startStack();
        client = MongoClients.create(ephemeral.addresses().get("CAMPAIGN_MONGO_URI"));
        startApi();
        ephemeral.cluster().createUsers();
        worker = ephemeral.cluster().launch(ServiceKind.WORKER, 1,
                List.of("-Xmx" + WORKER_HEAP_MB + "m", "-Dcampaign.planning.window=" + window), orders).awaitReady();
    }

    Campaigns campaigns() {
        return new Campaigns(ephemeral.cluster().login(LocalUsers.MARKETER), ephemeral.cluster().login(LocalUsers.MANAGER));
    }

    MongoDatabase ledger() {
        return client.getDatabase(ephemeral.campaignDatabase());
    }

    /** How many documents there are, without looking at any. */
    long count(String collection) {
        return ledger().getCollection(collection, Document.class).estimatedDocumentCount();
    }

    long ledgerBytes() {
        return ledgerFile().toFile().length();
    }

    void startApi() {
        api = ephemeral.cluster().launch(ServiceKind.API, 1, List.of(), orders).awaitReady();
    }

    void stopApi() {
        stop(api);
    }

    void stopWorker() {
        stop(worker);
    }

    private static void stop(Service service) {
        service.process().terminate();
        service.process().awaitExit(GRACE);
    }

    OptionalLong workerMegabytes() {
        return new PeakMemory(worker.process().pid()).megabytes();
    }

    OptionalLong stackMegabytes() {
        return new PeakMemory(stack.pid()).megabytes();
    }

    private Path ledgerFile() {
        return ephemeral.directory().data(LEDGER_FILE);
    }

    @Override
    public void close() throws IOException {
        if (client != null) {
            client.close();
        }
        ephemeral.close();
        Files.deleteIfExists(ledgerFile());
    }
}
