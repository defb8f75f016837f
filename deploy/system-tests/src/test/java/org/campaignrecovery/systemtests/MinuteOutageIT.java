package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.Readiness;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** In the middle of a campaign Kafka, or MongoDB, is away for a minute (promises P1, P2 and P3). */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class MinuteOutageIT {
    private static final Duration OUTAGE = Duration.ofSeconds(60);
    /** Kafka's clients give up much after a minute: so long that it is seen what they do then. */
    private static final Duration LONGER = OUTAGE.plusSeconds(6);
    /** Until then whatever was claimed has been handed over or not, and answered or given up. */
    private static final Duration IN_FLIGHT = Duration.ofSeconds(5 + 10);
    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final Duration END = Duration.ofSeconds(60);
    /** Two workers with all their permits. */
    private static final int MOST_IN_FLIGHT = 2 * (64 + 32);
    private static final int IN_THE_MIDDLE = 100;

    private static final Servers servers = new Servers();

    @RegisterExtension
    static final Scene scene = servers.of(Scene.withCustomers(600)).answeringAfter(Duration.ofSeconds(2))
            .withWorkerSettings("campaign.planning.page=40", "campaign.planning.window=10");

    private static Service api;

    @BeforeAll
    static void open() {
        servers.startMongo(scene);
        servers.startKafka(scene);
        api = scene.startApi(1).awaitReady();
        scene.begin();
    }

    @AfterAll
    static void close() {
        servers.stop();
    }

    /**
     * Nothing rings for a minute: sending goes on, from the ledger alone, nothing is sent again when Kafka is back, and everybody listens
     * to it as before. A worker that is told to stop meanwhile ends what is in the air, gives its leases back and is gone within its grace
     * period (P4).
     * <p>
     * Fails when nobody looks for batches that wait, when planning waits for its rings to be heard, when a consumer gives up, when a stop
     * waits for Kafka as long as a consumer does, or when the lag is not in the metrics.
     */
    @Test
    void sendingGoesOnWithoutKafka() {
        List<Worker> workers = scene.workers(2);
        Worker stays = workers.get(0);
        Mission mission = inTheMiddle();
        String stopped = workers.get(1).awaitSending(scene.ledger(), mission.run());
        servers.stopKafka();
        Outage outage = new Outage(List.of(stays));
        int before = mission.accepted();
        stopWithoutKafka(workers.get(1), mission.run(), stopped);
        outage.sitOutUntil(LONGER, seconds -> {
        });
        int meanwhile = mission.accepted() - before;
        servers.startKafka(scene);

        assertThat(outage.complaints).isEmpty();
        assertThat(meanwhile).as("accepted without Kafka, of what was not in the air when it went").isGreaterThan(MOST_IN_FLIGHT);
        stays.service().awaitReady();
        assertThat(stays.log()).as("consumers that gave up").doesNotContain("SRMSG18228");
        mission.awaitCompleted(END);
        System.out.printf("a minute without Kafka: %d messages before it, %d meanwhile, %d in all%n", before, meanwhile,
                mission.accepted());
        mission.assertEverybodyReached();
        LiveMetrics.of("worker", scene.cluster().url(ServiceKind.WORKER, 1)).assertOthersAsDocumented();
    }

    private static void stopWithoutKafka(Worker worker, String run, String boot) {
        assertThat(Poll.until(END, () -> worker.log().contains("does not answer"))).as("it has noticed").isTrue();
        long told = System.nanoTime();
        worker.process().terminate();
        assertThat(worker.process().awaitExit(GRACE)).as("it is gone within its grace period").isTrue();
        System.out.printf("stopped without Kafka in %.1f s%n", (System.nanoTime() - told) / 1e9);
        assertThat(scene.ledger().leasedBy(run, boot)).as("leases left behind").isEmpty();
        assertThat(scene.ledger().sendingOf(run, boot)).as("claims left behind").isEmpty();
    }

    /**
     * Without its ledger nobody claims, and so nobody sends; what was in the air ends, and how it ended is kept in memory. When the ledger is
     * back the owners have kept their leases and write it down: nothing is in doubt, nobody is lost, nobody receives two.
     * <p>
     * Fails when an unanswered claim counts as one (somebody receives a message that is not claimed), when an outcome that could not be
     * written is given up (its receiver gets two, or is in doubt), when observers count the outage as silence of the owners or an owner counts it
     * against its own work (leases die).
     */
    @Test
    void whatWasInTheAirIsRememberedWithoutMongo() {
        List<Worker> workers = scene.workers(2);
        Mission mission = inTheMiddle();
        String run = mission.run();
        servers.stopMongo();
        Outage outage = new Outage(workers);
        List<Integer> accepted = new ArrayList<>();
        outage.sitOutUntil(OUTAGE, seconds -> {
            if (seconds >= IN_FLIGHT.toSeconds()) {
                accepted.add(mission.accepted());
            }
        });
        List<String> ready = outage.services.stream().filter(service -> outage.answers(service, "ready")).map(Service::name).toList();
        Set<String> receivers = mission.receivers();
        Map<String, Document> leftBehind = servers.leftBehind(scene, scene.database().getName(),
                ledger -> ledger.deliveries(run).stream().collect(Collectors.toMap(one -> one.getString("address"), one -> one)));
        servers.startMongo(scene);
        long back = System.nanoTime();

        assertThat(outage.complaints).isEmpty();
        assertThat(ready).as("ready without a ledger").isEmpty();
        assertThat(accepted).as("what the providers have taken, second by second").hasSizeGreaterThan(10).containsOnly(receivers.size());
        assertThat(receivers).as("everybody who received was claimed")
                .allSatisfy(address -> assertThat(leftBehind.get(address).getString("state")).isIn("sending", "sent"));
        Map<String, Document> remembered = new HashMap<>(leftBehind);
        remembered.values().removeIf(one -> !one.getString("state").equals("sending") || !receivers.contains(one.getString("address")));
        assertThat(remembered).as("outcomes that nobody could write").isNotEmpty();

        mission.awaitCompleted(END);
        System.out.printf("a minute without MongoDB: %d messages before it, %d outcomes kept in memory, completed %.1f s after it%n",
                receivers.size(), remembered.size(), (System.nanoTime() - back) / 1e9);
        mission.assertEverybodyReached();
        assertThat(scene.ledger().deliveries(run)).filteredOn(one -> remembered.containsKey(one.getString("address")))
                .as("written down by those who had sent it").allSatisfy(one -> assertThat(one.getString("claim"))
                        .isEqualTo(remembered.get(one.getString("address")).getString("claim")));
        assertThat(scene.ledger().leasedAgain(scene.ledger().batches(run).keySet())).as("leases that died").isEmpty();
    }

    private static Mission inTheMiddle() {
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitAccepted(IN_THE_MIDDLE);
        return mission;
    }

    /** What is seen of the services while a server is away. */
    private static final class Outage {
        private final List<Service> services;
        private final List<String> complaints = new ArrayList<>();
        private final long begun = System.nanoTime();

        Outage(List<Worker> workers) {
            services = Stream.concat(Stream.of(api), workers.stream().map(Worker::service)).toList();
        }

        /** Looks every second whether all live, until it has lasted so long. @param look what else to look at, by the seconds that have passed */
        void sitOutUntil(Duration length, LongConsumer look) {
            Poll.until(length.minusNanos(System.nanoTime() - begun), Duration.ofSeconds(1), () -> {
                long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - begun);
                services.stream().filter(service -> !answers(service, "live"))
                        .forEach(service -> complaints.add(service.name() + " is not alive after " + seconds + " s"));
                look.accept(seconds);
                return false;
            });
        }

        boolean answers(Service service, String health) {
            return Readiness.answersOk(service.base().resolve("/q/health/" + health));
        }
    }
}
