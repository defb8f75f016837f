package org.campaignrecovery.chaos.stage;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.orders.OrderImport;
import org.campaignrecovery.local.orders.OrdersCollection;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.ProcessTable;

import com.mongodb.ConnectionString;
import com.mongodb.MongoClientSettings;
import com.mongodb.ServerAddress;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/**
 * The processes of one round, on an empty directory: the ledger's database and the broker each for themselves, so that they can be killed;
 * the orders and the recording stand-ins together, which nobody touches, since they are the truth; the apis and workers.
 */
public final class Stage implements AutoCloseable {
    private static final String DATABASE = "campaigns";
    /** It works for minutes, unlike everything else. */
    private static final List<String> LEDGER_JVM = List.of("-Xmx768m", "-XX:+UseParallelGC");
    private static final String ELSEWHERE = "elsewhere.invalid";

    /** Whatever the environment says, a round talks to nobody but its own stand-ins. Empty counts as not given. */
    private static final List<String> NEVER_FROM_OUTSIDE = List.of("MONGO_URI", "KAFKA_BOOTSTRAP_SERVERS", "SMTP_HOST", "SMTP_PORT",
            "SMTP_USERNAME", "SMTP_PASSWORD", "SMTP_TLS", "TWILIO_API_BASE", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN",
            "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM", "PUBLIC_URL");

    private final Path root;
    private final Optional<String> givenLedger;
    private final ClusterSettings settings;
    private final Server ledger;
    private final Server broker;
    private final CrashRecords records;
    private final Timeline timeline;
    private final String database;
    private LocalCluster services;
    private String brokerAddress;
    private String ledgerUri;
    private MongoClient client;
    private Fleet fleet;
    private CuttingProxy proxy;
    private final Thread end = new Thread(this::close, "end of the round");
    private boolean closed;

    /**
     * @param answerDelay of the mail server and the stand-in for Twilio
     * @param round part of the database's name where a server is given
     */
    public Stage(Path root, Duration answerDelay, String round, Timeline timeline) {
        this.root = root.toAbsolutePath();
        this.timeline = timeline;
        this.givenLedger = Optional.ofNullable(System.getenv("CAMPAIGN_MONGO_URI")).filter(uri -> !uri.isBlank());
        this.database = givenLedger.isPresent() ? "chaos_" + round : DATABASE;
        clear();
        Runtime.getRuntime().addShutdownHook(end);
        Map<String, String> environment = new HashMap<>();
        NEVER_FROM_OUTSIDE.forEach(variable -> environment.put(variable, ""));
        environment.put("CAMPAIGN_MONGO_URI", "");
        environment.put("CAMPAIGN_DB", database);
        environment.put("SEGMENTATION_DB", "retail_db");
        environment.put("ORDERS_COLLECTION", "orders");
        environment.put("ENABLE_SCHEDULERS", "true");
        environment.put("STACK_KEEP_RAW", "false");
        environment.put("SMTP_DELAY_MS", String.valueOf(answerDelay.toMillis()));
        environment.put("SMS_DELAY_MS", String.valueOf(answerDelay.toMillis()));
        this.settings = ClusterSettings.isolated().withEnvironment(environment);
        this.records = new CrashRecords(this.root.resolve("crashes"));
        ClusterSettings lasting = new ClusterSettings(settings.freePorts(), settings.environment(), LEDGER_JVM, settings.serviceJvm(),
                settings.startLimit());
        this.ledger = new Server("the database", part("ledger"), lasting,
                Map.of("KAFKA_BOOTSTRAP_SERVERS", ELSEWHERE, "SMTP_HOST", ELSEWHERE, "TWILIO_API_BASE", ELSEWHERE));
        this.broker = new Server("the broker", part("broker"), settings,
                Map.of("MONGO_URI", ELSEWHERE, "SMTP_HOST", ELSEWHERE, "TWILIO_API_BASE", ELSEWHERE));
    }

    private LocalDirectory part(String name) {
        return new LocalDirectory(root.resolve(name));
    }

    private void clear() {
        for (String part : List.of("ledger", "broker", "services")) {
            if (Files.exists(root.resolve(part))) {
                new ProcessTable(part(part)).all().forEach(ManagedProcess::kill);
            }
        }
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Starts the servers; apis and workers are left to the round. */
    public void open(Violations violations) {
        CompletableFuture<Void> brokerUp = CompletableFuture.runAsync(broker::start);
        if (givenLedger.isEmpty()) {
            ledger.start();
        }
        brokerUp.join();
        brokerAddress = broker.address("KAFKA_BOOTSTRAP_SERVERS");
        ledgerUri = givenLedger.orElseGet(() -> ledger.address("CAMPAIGN_MONGO_URI"));
        services = new LocalCluster(part("services"),
                settings.withEnvironment(Map.of("KAFKA_BOOTSTRAP_SERVERS", brokerAddress, "CAMPAIGN_MONGO_URI", ledgerUri)));
        services.archiveClasses();
        services.startStack();
        client = MongoClients.create(MongoClientSettings.builder().applyConnectionString(new ConnectionString(ledgerUri()))
                .applyToClusterSettings(cluster -> cluster.serverSelectionTimeout(1, TimeUnit.SECONDS))
                .applyToSocketSettings(socket -> socket.readTimeout(5, TimeUnit.SECONDS)).build());
        database().drop();
        records.create();
        fleet = new Fleet(services, records, timeline, violations);
    }

    /** Fills the orders. */
    public void load(Iterable<Document> orders) {
        Map<String, String> all = new HashMap<>(services.addresses());
        all.put("SEGMENTATION_DB", "retail_db");
        try (OrdersCollection collection = OrdersCollection.open(all)) {
            new OrderImport(collection.collection(), complaint -> {
                throw new IllegalArgumentException(complaint);
            }).load(orders.iterator());
        }
    }

    public String ledgerUri() {
        return ledgerUri;
    }

    /** The database's process; empty when a server was given, which nobody kills. */
    public Optional<Server> ledger() {
        return givenLedger.isPresent() ? Optional.empty() : Optional.of(ledger);
    }

    public Server broker() {
        return broker;
    }

    public Fleet fleet() {
        return fleet;
    }

    public LocalCluster services() {
        return services;
    }

    public CrashRecords crashes() {
        return records;
    }

    public Path directory() {
        return root;
    }

    /** The ledger as it is; fails within seconds when it is away. */
    public MongoDatabase database() {
        return client.getDatabase(database);
    }

    public Path smtpRecord() {
        return Path.of(services.addresses().get("SMTP_RECORD"));
    }

    public Path smsRecord() {
        return Path.of(services.addresses().get("SMS_RECORD"));
    }

    /** What the stand-ins do wrong, and have done wrong. */
    public FaultFile providers() {
        Map<String, String> addresses = services.addresses();
        return new FaultFile(Path.of(addresses.get("FAULTS")), Path.of(addresses.get("FAULT_RECORD")));
    }

    public String brokerAddress() {
        return brokerAddress;
    }

    public URI api(int number) {
        return services.url(ServiceKind.API, number);
    }

    /** What every worker or api gets: crash points, and what makes a round short. */
    public void equip(ServiceKind kind, String crashPoints, List<String> settingsOfKind) {
        List<String> jvm = new ArrayList<>(settingsOfKind.stream().map(setting -> "-D" + setting).toList());
        fleet.options(kind, jvm);
        for (int number = 1; number <= 9; number++) {
            fleet.variables(kind, number, crashPoints.isEmpty()
                    ? Map.of()
                    : Map.of("CRASH_POINTS", crashPoints, "CRASH_RECORDS", records.directory().toString(), "CRASH_TEST", "yes"));
        }
    }

    /** Lets an api live an hour ahead, from its next start on. @return whether that can be done here */
    public boolean setAnHourAhead(int api) {
        Optional<Map<String, String>> variables = HourAhead.variables(root.resolve("clock"));
        variables.ifPresent(found -> fleet.variables(ServiceKind.API, api, found));
        return variables.isPresent();
    }

    /** Lets a worker reach the ledger through a proxy that can lose answers, from its next start on. */
    public void putBehindProxy(int worker, Random random) {
        ConnectionString uri = new ConnectionString(ledgerUri());
        if (uri.isSrvProtocol() || uri.getHosts().size() != 1) {
            timeline.note("no answers can be lost: the ledger is not one plain address");
            return;
        }
        ServerAddress server = new ServerAddress(uri.getHosts().get(0));
        proxy = new CuttingProxy(new InetSocketAddress(server.getHost(), server.getPort()), random, timeline);
        fleet.variables(ServiceKind.WORKER, worker,
                Map.of("CAMPAIGN_MONGO_URI", ledgerUri().replace(uri.getHosts().get(0), "127.0.0.1:" + proxy.port())));
    }

    public Optional<CuttingProxy> proxy() {
        return Optional.ofNullable(proxy);
    }

    /** Creates the users through the first api, which must be ready. @return the way in, through any of so many apis */
    public Door door(int apis) {
        LocalUsers users = services.createUsers();
        return new Door(IntStream.rangeClosed(1, apis).mapToObj(this::api).toList(), users);
    }

    /** Begins to look after the fleet. */
    public void watch() {
        fleet.watch();
    }

    private void forgetEnd() {
        try {
            Runtime.getRuntime().removeShutdownHook(end);
        } catch (IllegalStateException e) {
            // The suite is ending already, and this is why we are here.
        }
    }

    /** SIGKILL to everything; also when the suite itself is told to end. */
    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        forgetEnd();
        if (fleet != null) {
            fleet.close();
        }
        if (proxy != null) {
            proxy.close();
        }
        if (client != null) {
            if (givenLedger.isPresent()) {
                database().drop();
            }
            client.close();
        }
        if (services != null) {
            services.killAll();
        }
        ledger.kill();
        broker.kill();
    }
}
