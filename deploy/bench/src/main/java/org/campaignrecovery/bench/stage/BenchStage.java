package org.campaignrecovery.bench.stage;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.IntStream;
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

/** The servers of one measurement, an api and workers with the settings that are shipped where nothing else is said, and the orders. */
public final class BenchStage implements AutoCloseable {
    private static final long SEED = 6;
    /** A tenth or so of the customers cannot be reached by e-mail, and some share an address. */
    private static final double CUSTOMERS_PER_RECIPIENT = 1.18;
    private static final String STACK_JVM = "-Xmx3g -XX:+UseParallelGC";
    private static final Duration GRACE = Duration.ofSeconds(30);

    private final EphemeralCluster ephemeral;
    private final SampleOrders orders;
    private final int customers;
    private MongoClient client;
    private Service api;
    private List<Service> workers = List.of();

    public BenchStage(int recipients) {
        this(recipients, Map.of());
    }

    /** @param environment of all processes, beside what {@code make up} gives them */
    public BenchStage(int recipients, Map<String, String> environment) {
        this.ephemeral = new EphemeralCluster(new LocalDirectory(LocalDirectory.of(System.getenv()).root().resolve("bench")), "bench",
                ClusterSettings.measured(STACK_JVM).withEnvironment(environment));
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

    /** Returns when the servers and an api answer and the orders are there. */
    public void open() {
        ephemeral.cluster().startStack();
        try (OrdersCollection collection = OrdersCollection.open(addresses())) {
            new OrderImport(collection.collection(), complaint -> {
                throw new IllegalArgumentException(complaint);
            }).load(orders.iterator());
        }
        client = MongoClients.create(addresses().get("CAMPAIGN_MONGO_URI"));
        api = ephemeral.cluster().launch(ServiceKind.API, 1).awaitReady();
        ephemeral.cluster().createUsers();
    }

    /** So many, ready. @param settings {@code name=value}, otherwise those that are shipped; or a JVM option that starts with a dash */
    public void startWorkers(int number, String... settings) {
        List<String> options = Stream.of(settings).map(setting -> setting.startsWith("-") ? setting : "-D" + setting).toList();
        workers = IntStream.rangeClosed(1, number)
                .mapToObj(n -> ephemeral.cluster().launch(ServiceKind.WORKER, n, options, Map.of())).toList();
        workers.forEach(Service::awaitReady);
    }

    /** Kills one of them, by its number from 1 on. */
    public void killWorker(int number) {
        workers.get(number - 1).process().kill();
    }

    public void stopWorkers() {
        stop(workers);
        workers = List.of();
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

    /** Of the worker that has taken most. */
    public OptionalLong workerMegabytes() {
        return workers.stream().map(worker -> new PeakMemory(worker.process().pid()).megabytes()).flatMapToLong(OptionalLong::stream).max();
    }

    public OptionalLong apiMegabytes() {
        return new PeakMemory(api.process().pid()).megabytes();
    }

    /** Leaves the servers to the yardsticks. */
    public void stopServices() {
        stopWorkers();
        stop(List.of(api));
    }

    private static void stop(List<Service> services) {
        services.forEach(service -> service.process().terminate());
        services.forEach(service -> service.process().awaitExit(GRACE));
    }

    @Override
    public void close() {
        if (client != null) {
            client.close();
        }
        ephemeral.close();
    }
}
