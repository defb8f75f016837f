package org.campaignrecovery.systemtests;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.cluster.ClusterSettings;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.cluster.Repository;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.fault.FaultFile;
import org.campaignrecovery.local.kafka.Topics;
import org.campaignrecovery.local.orders.OrderImport;
import org.campaignrecovery.local.orders.OrdersCollection;
import org.campaignrecovery.local.orders.SampleOrders;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.junit.jupiter.api.extension.AfterAllCallback;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeAllCallback;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.LifecycleMethodExecutionExceptionHandler;
import org.junit.jupiter.api.extension.TestExecutionExceptionHandler;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/**
 * The processes that a test class plays with: a stack, the orders and api-1 live as long as the class, everything else as long as a test.
 * Directory and ports are the class's own. When a test fails, the ends of all logs are printed. At the end none of them has a secret.
 */
final class Scene
        implements
            BeforeAllCallback,
            AfterEachCallback,
            AfterAllCallback,
            TestExecutionExceptionHandler,
            LifecycleMethodExecutionExceptionHandler {
    private static final Duration GRACE = Duration.ofSeconds(30);
    private static final String NO_TIERS = "-XX:TieredStopAtLevel=1";

    /** Whatever the environment of the build says, the tests talk to nobody but their own stack. Empty counts as not given. */
    private static final List<String> NEVER_FROM_OUTSIDE = List.of("MONGO_URI", "CAMPAIGN_MONGO_URI", "CAMPAIGN_DB", "SEGMENTATION_DB",
            "ORDERS_COLLECTION", "KAFKA_BOOTSTRAP_SERVERS", "SMTP_HOST", "SMTP_PORT", "SMTP_USERNAME", "SMTP_PASSWORD", "SMTP_TLS",
            "TWILIO_API_BASE", "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_MESSAGING_SERVICE_SID", "TWILIO_FROM", "PUBLIC_URL",
            "ENABLE_SCHEDULERS", "STACK_FAULTS", "OTEL_EXPORTER_OTLP_ENDPOINT", "OTEL_EXPORTER_OTLP_HEADERS");

    private final Map<String, String> environment = new HashMap<>();
    private final List<String> apiSettings = new ArrayList<>();
    private final List<String> workerSettings = new ArrayList<>();
    private SampleOrders sample;
    private LocalCluster cluster;
    private MongoClient client;
    private int missions;
    private boolean begunByTheTest;
    private boolean toldByTheProvider;
    private List<String> stackJvm;

    private Scene() {
        NEVER_FROM_OUTSIDE.forEach(variable -> environment.put(variable, ""));
        environment.put("CAMPAIGN_DB", "campaigns");
        environment.put("SEGMENTATION_DB", "retail_db");
        environment.put("ORDERS_COLLECTION", "orders");
        environment.put("ENABLE_SCHEDULERS", "true");
        environment.put("STACK_KEEP_RAW", "false");
    }

    /** Made-up customers, the same ones every time. */
    static Scene withCustomers(int number) {
        Scene scene = new Scene();
        scene.sample = new SampleOrders(number, number);
        return scene;
    }

    /** The test loads orders itself. */
    static Scene withoutOrders() {
        return new Scene();
    }

    /** How long the mail server and the stand-in for Twilio take for each message: what is in the air when something is killed. */
    Scene answeringAfter(Duration delay) {
        environment.put("SMTP_DELAY_MS", String.valueOf(delay.toMillis()));
        environment.put("SMS_DELAY_MS", String.valueOf(delay.toMillis()));
        return this;
    }

    /** Settings of every api, as {@code name=value}. */
    Scene withApiSettings(String... settings) {
        apiSettings.addAll(List.of(settings));
        return this;
    }

    /** Settings of every worker, as {@code name=value}. */
    Scene withWorkerSettings(String... settings) {
        workerSettings.addAll(List.of(settings));
        return this;
    }

    /** Anything else that all processes get. A part of the stack whose address is given is not started. */
    Scene withEnvironment(String variable, String value) {
        environment.put(variable, value);
        return this;
    }

    /** What is empty and what is not there need not be the same: it is not there, unless the build itself has it. */
    Scene withoutEnvironment(String variable) {
        environment.remove(variable);
        return this;
    }

    /** The stand-in for Twilio tells api-1 what becomes of messages. */
    Scene toldByTheProvider() {
        toldByTheProvider = true;
        return this;
    }

    /** JVM options of the stack instead of the usual ones: its database is in its heap's hands when much of it is read at once. */
    Scene withStackJvm(String... options) {
        stackJvm = List.of(options);
        return this;
    }

    /** Starts the stack only; the test starts the api and calls {@link #begin}. */
    Scene startedByTheTest() {
        begunByTheTest = true;
        return this;
    }

    @Override
    public void beforeAll(ExtensionContext context) throws IOException {
        Path root = Repository.root().resolve("deploy/system-tests/target/scenes").resolve(context.getRequiredTestClass().getSimpleName());
        LocalDirectory directory = new LocalDirectory(root);
        cluster = new LocalCluster(directory, settings());
        cluster.killAll();
        delete(root);
        cluster = new LocalCluster(directory, settings());
        cluster.archiveClasses();
        cluster.startStack();
        if (!begunByTheTest) {
            Service api = startApi(1);
            loadSample();
            api.awaitReady();
            begin();
        }
    }

    /** Whatever the test itself has to do once its servers and its api are there: orders, users. */
    void begin() {
        if (begunByTheTest) {
            loadSample();
        }
        client = MongoClients.create(cluster.addresses().get("CAMPAIGN_MONGO_URI"));
        cluster.createUsers();
    }

    private ClusterSettings settings() {
        ClusterSettings usual = ClusterSettings.isolated().withEnvironment(environment);
        return new ClusterSettings(usual.freePorts(), usual.environment(), stackJvm == null ? usual.stackJvm() : stackJvm,
                usual.serviceJvm(), usual.startLimit());
    }

    private void loadSample() {
        if (sample != null) {
            load(sample);
        }
    }

    /**
     * Nothing runs any more: SIGKILL to every process at once, the servers too. Then the servers come back with what they had acknowledged,
     * at other ports, and {@code meanwhile} has the ledger for itself; services are left to the test.
     */
    void blackout(Runnable meanwhile) {
        powerCut();
        powerOn();
        meanwhile.run();
    }

    /** The ledger as it is now, what it has not acknowledged aside: a copy of its file while its process is frozen. */
    Path backup() {
        Path copy = cluster.directory().root().resolve("backup-" + System.nanoTime() + ".mv");
        ManagedProcess stack = process(LocalCluster.STACK);
        stack.freeze();
        try {
            return Files.copy(ledgerFile(), copy);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } finally {
            stack.thaw();
        }
    }

    /** A {@link #blackout} in which the ledger becomes what it was when this backup was made; everything else stays what it is. */
    void restore(Path backup) {
        powerCut();
        try {
            Files.copy(backup, ledgerFile(), StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        powerOn();
    }

    private Path ledgerFile() {
        return cluster.directory().data("mongo.mv");
    }

    private void powerCut() {
        cluster.killAll();
        client.close();
    }

    private void powerOn() {
        cluster.startStack();
        client = MongoClients.create(cluster.addresses().get("CAMPAIGN_MONGO_URI"));
    }

    /** SIGKILL to what the test has started; nothing of it can disturb the next one. */
    @Override
    public void afterEach(ExtensionContext context) {
        cluster.processes().stream().filter(process -> !process.name().equals(LocalCluster.STACK) && !process.name().equals("api-1"))
                .forEach(ManagedProcess::kill);
    }

    @Override
    public void afterAll(ExtensionContext context) {
        if (client != null) {
            client.close();
        }
        cluster.killAll();
        LogSecrets.assertNone(cluster.directory());
    }

    @Override
    public void handleTestExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        LogTails.print(context.getDisplayName(), cluster.directory().root().resolve("log"));
        throw failure;
    }

    @Override
    public void handleBeforeEachMethodExecutionException(ExtensionContext context, Throwable failure) throws Throwable {
        LogTails.print(context.getDisplayName(), cluster.directory().root().resolve("log"));
        throw failure;
    }

    OrderImport.Totals load(Iterable<Document> orders) {
        try (OrdersCollection collection = orders()) {
            return new OrderImport(collection.collection(), complaint -> {
                throw new IllegalArgumentException(complaint);
            }).load(orders.iterator());
        }
    }

    OrderImport.Totals load(Path file) throws IOException {
        try (OrdersCollection collection = orders()) {
            return new OrderImport(collection.collection(), complaint -> {
                throw new IllegalArgumentException(complaint);
            }).load(file);
        }
    }

    Topics topics() {
        return new Topics(addresses().get("KAFKA_BOOTSTRAP_SERVERS"));
    }

    OrdersCollection orders() {
        Map<String, String> all = new HashMap<>(cluster.addresses());
        all.put("SEGMENTATION_DB", environment.get("SEGMENTATION_DB"));
        return OrdersCollection.open(all);
    }

    /** Starts it and does not wait. */
    Service startApi(int number) {
        return startApiWith(number);
    }

    /** As {@link #startApi}. @param settings {@code name=value} */
    Service startApiWith(int number, String... settings) {
        List<String> all = new ArrayList<>(apiSettings);
        all.addAll(Arrays.asList(settings));
        return cluster.launch(ServiceKind.API, number, options(all), reachable());
    }

    /** Starts it and does not wait. @param settings {@code name=value}, or a JVM option that starts with a dash */
    Service startWorker(int number, String... settings) {
        List<String> all = new ArrayList<>(workerSettings);
        all.addAll(Arrays.asList(settings));
        return cluster.launch(ServiceKind.WORKER, number, options(all), reachable());
    }

    private Map<String, String> reachable() {
        return toldByTheProvider ? Map.of("PUBLIC_URL", cluster.url(ServiceKind.API, 1).toString()) : Map.of();
    }

    /** Workers 1 to {@code number}, ready. */
    List<Worker> workers(int number, String... settings) {
        List<Service> started = Stream.iterate(1, n -> n + 1).limit(number).map(n -> startWorker(n, settings)).toList();
        return started.stream().map(service -> new Worker(service.awaitReady())).toList();
    }

    Worker worker(int number, String... settings) {
        return new Worker(startWorker(number, settings).awaitReady());
    }

    /** A campaign to everybody, approved, due in a second. */
    Mission launch() {
        return launch(Duration.ofSeconds(1));
    }

    Mission launch(Duration until) {
        return Mission.launch(this, ++missions, until, draft -> draft);
    }

    /** As {@link #launch()} with changes. */
    Mission launch(Duration until, java.util.function.UnaryOperator<CampaignDraft> change) {
        return Mission.launch(this, ++missions, until, change);
    }

    /** What the texts of the next mission must have in them, if the test writes them itself. */
    String nextMark() {
        return Mission.mark(missions + 1);
    }

    Campaigns campaigns() {
        return new Campaigns(cluster.login(LocalUsers.MARKETER), cluster.login(LocalUsers.MANAGER));
    }

    /** What the mail server and the stand-in for Twilio do wrong. */
    FaultFile faults() {
        return new FaultFile(Path.of(addresses().get("FAULTS")), Path.of(addresses().get("FAULT_RECORD")));
    }

    Ledger ledger() {
        return new Ledger(database());
    }

    MongoDatabase database() {
        return client.getDatabase(environment.get("CAMPAIGN_DB"));
    }

    SampleOrders sample() {
        return sample;
    }

    LocalCluster cluster() {
        return cluster;
    }

    Map<String, String> addresses() {
        return cluster.addresses();
    }

    ManagedProcess process(String name) {
        return cluster.processes().stream().filter(process -> process.name().equals(name)).findFirst().orElseThrow();
    }

    boolean stop(ManagedProcess process) {
        return process.stop(GRACE);
    }

    /** What belongs to no process any more can be asked for its log too. */
    String log(String process) {
        try {
            return Files.readString(cluster.directory().log(process));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** JVM options for {@code settings}, as {@link #startWorker} takes them. */
    static List<String> options(List<String> settings) {
        return Stream.concat(Stream.of(NO_TIERS), settings.stream().map(setting -> setting.startsWith("-") ? setting : "-D" + setting))
                .toList();
    }

    private static void delete(Path root) throws IOException {
        if (!Files.exists(root)) {
            return;
        }
        try (Stream<Path> files = Files.walk(root)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
