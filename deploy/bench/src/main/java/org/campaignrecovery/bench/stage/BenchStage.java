package org.campaignrecovery.bench.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.EphemeralCluster;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.orders.OrderImport;
import org.campaignrecovery.local.orders.OrdersCollection;
import org.campaignrecovery.local.orders.SampleOrders;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/** The servers of one measurement, an api and a worker with the settings that are shipped, and the orders. */
public final class BenchStage implements AutoCloseable {
    private static final long SEED = 6;
    /** A tenth or so of the customers cannot be reached by e-mail, and some share an address. */
    private static final double CUSTOMERS_PER_RECIPIENT = 1.18;
    private static final String STACK_JVM = "-Xmx3g -XX:+UseParallelGC";
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final EphemeralCluster ephemeral = new EphemeralCluster(
            new LocalDirectory(LocalDirectory.of(System.getenv()).root().resolve("bench")), "bench", ClusterSettings.measured(STACK_JVM));
    private final SampleOrders orders;
    private final int customers;
    private MongoClient client;
    private Service api;
    private Service worker;

    public BenchStage(int recipients) {
        this.customers = (int) Math.ceil(recipients * CUSTOMERS_PER_RECIPIENT);
        this.orders = new SampleOrders(SEED, customers);
    }

    public int customers() {
        return customers;
    }

    /** How many of them a campaign by e-mail must reach. */
    public int reachable() {
        return orders.email().planned();
    }

    /** Ids of so many of them, as text. */
    public List<String> someCustomers(int number) {
        return StreamSupport.stream(orders.spliterator(), false).map(order -> String.valueOf(order.get("customer_id"))).distinct()
                .limit(number)
                .toList();
    }

    /** Returns when everything is up and warm enough to answer. */
    public void open() {
        ephemeral.cluster().startStack();
        try (OrdersCollection collection = OrdersCollection.open(addresses())) {
            new OrderImport(collection.collection(), complaint -> {
                throw new IllegalArgumentException(complaint);
            }).load(orders.iterator());
        }
        client = MongoClients.create(addresses().get("CAMPAIGN_MONGO_URI"));
        api = ephemeral.cluster().launch(ServiceKind.API, 1).awaitReady();
        worker = ephemeral.cluster().launch(ServiceKind.WORKER, 1).awaitReady();
        ephemeral.cluster().createUsers();
    }

    public Campaigns campaigns() {
        return new Campaigns(ephemeral.cluster().login(LocalUsers.MARKETER), ephemeral.cluster().login(LocalUsers.MANAGER));
    }

    /** Which server of the MongoDB protocol holds the ledger: {@code embedded}, or the version that a given one says it has. */
    public String server() {
        boolean embedded = Stream.of("MONGO_URI", "CAMPAIGN_MONGO_URI").map(System::getenv).allMatch(uri -> uri == null || uri.isBlank());
        return embedded
                ? "embedded"
                : "mongod " + client.getDatabase("admin").runCommand(new Document("buildInfo", 1)).getString("version");
    }

    public Map<String, String> addresses() {
        return ephemeral.addresses();
    }

    public MongoDatabase ledger() {
        return client.getDatabase(ephemeral.campaignDatabase());
    }

    public Path smtpRecord() {
        return Path.of(addresses().get("SMTP_RECORD"));
    }

    public Path smsRecord() {
        return Path.of(addresses().get("SMS_RECORD"));
    }

    public int smtpPort() {
        return Integer.parseInt(addresses().get("SMTP_PORT"));
    }

    public PeakMemory workerMemory() {
        return new PeakMemory(worker.process().pid());
    }

    public PeakMemory apiMemory() {
        return new PeakMemory(api.process().pid());
    }

    /** Leaves the servers to the yardsticks. */
    public void stopServices() {
        for (Service service : List.of(worker, api)) {
            service.process().terminate();
            service.process().awaitExit(GRACE);
        }
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        ephemeral.close();
    }
}
