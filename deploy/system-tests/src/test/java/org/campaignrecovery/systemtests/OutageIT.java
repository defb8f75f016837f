package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.Readiness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** MongoDB and Kafka are missing at the start, and go away and come back; both run in this JVM. */
@EnabledOnOs(value = OS.LINUX, disabledReason = "connections are counted in /proc")
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class OutageIT {
    private static final int OUTAGES = 10;

    /** Pools breathe with the load by a connection or two; a leak of one an outage makes ten. */
    private static final int BREATH = 3;
    private static final Duration BACK = Duration.ofSeconds(60);
    private static final String MONGO_AWAY = "MongoDB (CAMPAIGN_MONGO_URI) does not answer";
    private static final String KAFKA_AWAY = "Kafka (KAFKA_BOOTSTRAP_SERVERS) does not answer";

    private static final Servers servers = new Servers();

    @RegisterExtension
    static final Scene scene = servers.of(Scene.withCustomers(100));

    @AfterAll
    static void close() {
        servers.stop();
    }

    /**
     * Services that start before MongoDB and Kafka are there say so in one line each, are alive and not ready, and work as soon as both are
     * there. After ten outages of each they hold no more connections than before (a breath of the pools aside) and a campaign completes.
     * <p>
     * Fails when a service ends or needs a restart, repeats its complaint with every try, is ready without its ledger, or makes a new client
     * without closing the old one.
     */
    @Test
    void servicesOutliveTheirServers() {
        List<Service> services = List.of(scene.startApi(1), scene.startWorker(1));
        assertThat(services).allSatisfy(service -> {
            assertThat(Poll.until(BACK, () -> answers(service, "live"))).as("%s lives", service.name()).isTrue();
            assertThat(Poll.until(BACK, () -> log(service).contains(MONGO_AWAY) && log(service).contains(KAFKA_AWAY)))
                    .as("%s says what is missing", service.name()).isTrue();
        });
        // Several more tries pass.
        Poll.until(Duration.ofSeconds(8), () -> false);
        assertThat(services).allSatisfy(service -> {
            assertThat(answers(service, "live")).as("%s lives", service.name()).isTrue();
            assertThat(answers(service, "ready")).as("%s is ready", service.name()).isFalse();
            assertThat(complaints(service)).as("%s complains once of each", service.name()).hasSize(2);
        });

        servers.startMongo(scene);
        servers.startKafka(scene);
        services.forEach(Service::awaitReady);
        scene.begin();
        complete();

        List<Integer> before = connections(services);
        for (int n = 0; n < OUTAGES; n++) {
            servers.stopKafka();
            servers.stopMongo();
            assertThat(Poll.until(BACK, () -> connections(services).stream().mapToInt(Integer::intValue).sum() == 0))
                    .as("connections in outage %d", n).isTrue();
            servers.startMongo(scene);
            servers.startKafka(scene);
            assertThat(Poll.until(BACK, () -> connections(services).stream().noneMatch(number -> number == 0)))
                    .as("connections after outage %d", n).isTrue();
        }
        services.forEach(Service::awaitReady);
        complete();
        // What the outages left behind goes within the pools' idle times; a leak stays.
        boolean noMore = Poll.until(BACK, Duration.ofSeconds(1), () -> noneAbove(connections(services), before));
        System.out.printf("connections (api to mongo, api to kafka, worker to mongo, worker to kafka): before %s, after %s%n", before,
                connections(services));
        assertThat(noMore).as("no more connections than before: %s, now %s", before, connections(services)).isTrue();
    }

    private static void complete() {
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(Duration.ofSeconds(60));
        mission.assertEverybodyReached();
    }

    private static boolean answers(Service service, String health) {
        return Readiness.answersOk(service.base().resolve("/q/health/" + health));
    }

    private static String log(Service service) {
        return scene.log(service.name());
    }

    /** Warnings and errors of the service about what is missing. */
    private static List<String> complaints(Service service) {
        return log(service).lines().filter(line -> line.contains(" WARN ") || line.contains(" ERROR "))
                .filter(line -> Stream.of("mongo", "kafka", "ledger").anyMatch(line.toLowerCase(java.util.Locale.ROOT)::contains))
                .filter(line -> !line.contains("SRMSG18235")).toList();
    }

    private static List<Integer> connections(List<Service> services) {
        return services.stream().flatMap(service -> Stream.of(servers.mongoPort(), servers.kafkaPort())
                .map(port -> Sockets.established(service.process().pid(), port))).toList();
    }

    private static boolean noneAbove(List<Integer> now, List<Integer> before) {
        return Stream.iterate(0, n -> n + 1).limit(now.size()).allMatch(n -> now.get(n) <= before.get(n) + BREATH);
    }
}
