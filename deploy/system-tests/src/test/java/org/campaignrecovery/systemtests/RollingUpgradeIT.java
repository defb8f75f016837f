package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import org.bson.Document;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.kafka.Topics;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * Two versions side by side, as during an upgrade and on the way back: OTHER_VERSION names the directory in which an older commit was built.
 * What the campaigns ask for, both versions know. Part of {@code make check}, which builds it.
 * <p>
 * Fails when a document or an event loses or renames a field, or when the newer version needs one that the older one does not write.
 */
@Tag("rolling")
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class RollingUpgradeIT {
    private static final OtherVersion OLDER = OtherVersion.of("OTHER_VERSION");
    private static final List<String> SOME_CUSTOMERS = IntStream.range(100_001, 100_041).mapToObj(String::valueOf).toList();
    /** One small group a channel at a time, and few batches planned ahead: there is work left for whoever takes over, and planning. */
    private static final String[] SLOWLY = {"campaign.planning.first-page=20", "campaign.planning.page=20", "campaign.planning.window=8",
            "campaign.lease.slots=1", "campaign.lease.dead-after=8s", "campaign.sending.email.groups=1",
            "campaign.sending.email.group-size=4",
            "campaign.sending.sms.groups=1", "campaign.sending.sms.group-size=4"};
    private static final long MOST_IN_DOUBT = 4;
    private static final Duration STOP = Duration.ofSeconds(25);
    private static final Duration END = Duration.ofSeconds(120);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(500).answeringAfter(Duration.ofSeconds(1)).startedByTheTest();

    /** An event that one of them cannot read is put among the dead letters, and a sweep finds its work: the campaigns would not show it. */
    @AfterEach
    void assertThatEventsWereUnderstood() throws Exception {
        try (Topics topics = scene.topics()) {
            assertThat(topics.records("campaign-due")).as("events about runs").isPositive();
            assertThat(topics.records("campaign-batch")).as("events about batches").isPositive();
            assertThat(topics.records("campaign-due-dlq")).as("dead letters about runs").isZero();
            assertThat(topics.records("campaign-batch-dlq")).as("dead letters about batches").isZero();
        }
    }

    /** Workers are upgraded first: users, campaign, list of customers and run are the older api's, and a worker of this version sends. */
    @Test
    @Order(1)
    void whatTheOlderApiStartsIsSent() {
        Service older = OLDER.start(scene, ServiceKind.API, 1);
        Service worker = scene.startWorker(1);
        older.awaitReady();
        scene.begin();
        worker.awaitReady();
        Mission mission = scene.launch(Duration.ofSeconds(1),
                draft -> draft.with("audience", null).with("targetedCustomerIds", SOME_CUSTOMERS));
        mission.awaitStart();
        mission.awaitCompleted(END);

        LedgerComparison both = mission.comparison();
        assertThat(both.disagreements()).as("ledger and receivers agree, address by address").isEmpty();
        assertThat(both.email().sent()).as("e-mails").isEqualTo(both.email().planned()).isPositive();
        assertThat(both.sms().sent()).as("SMS").isEqualTo(both.sms().planned()).isPositive();
    }

    /**
     * P1 to P4 with an api of each version: the newer worker takes planning and batches over from an older one that was killed, the next
     * older one from the newer one, and when that one is told to stop as an upgrade does it, a newer one ends the campaign.
     */
    @Test
    @Order(2)
    void eachVersionTakesOverFromTheOther() {
        scene.process("api-1").kill();
        Service api = scene.startApi(1);
        Service olderApi = OLDER.start(scene, ServiceKind.API, 2);
        Service older = OLDER.start(scene, ServiceKind.WORKER, 2, SLOWLY);
        List.of(api, olderApi, older).forEach(Service::awaitReady);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        String olderBoot = awaitAnother(run, Set.of());
        Worker newer = scene.worker(1, SLOWLY);
        String newerBoot = newer.awaitSending(scene.ledger(), run);

        assertGoesOnWithout(older, olderBoot, run);

        Service olderAgain = OLDER.start(scene, ServiceKind.WORKER, 3, SLOWLY).awaitReady();
        String olderAgainBoot = awaitAnother(run, Set.of(olderBoot, newerBoot));
        assertGoesOnWithout(newer.service(), newerBoot, run);

        Worker last = scene.worker(4);
        last.awaitSending(scene.ledger(), run);
        olderAgain.process().terminate();
        assertThat(olderAgain.process().awaitExit(STOP)).as("gone within its grace period").isTrue();
        assertThat(scene.ledger().leasedBy(run, olderAgainBoot)).as("leases that it left behind").isEmpty();
        mission.awaitCompleted(END);

        mission.assertEverybodyAccountedFor();
        assertThat(scene.ledger().claimants(run)).as("messages by worker").hasSize(4);
        assertDoubtIsOf(Set.of(olderBoot, newerBoot), run);
    }

    /** Kills it while it plans and holds batches; returns when another worker plans and has gone on with these. */
    private static void assertGoesOnWithout(Service worker, String boot, String run) {
        worker.process().kill();
        Set<String> held = scene.ledger().leasedBy(run, boot);
        assertThat(held).as("batches that %s held", worker.name()).isNotEmpty();
        assertThat(scene.ledger().planner(run)).as("who planned").hasValue(boot);
        long killedAt = System.nanoTime();
        assertThat(Poll.until(END, () -> scene.ledger().wentOn(held, boot))).as("another worker goes on with %s", held).isTrue();
        assertThat(Poll.until(END, () -> scene.ledger().planner(run).filter(planner -> !planner.equals(boot)).isPresent()))
                .as("another worker plans").isTrue();
        System.out.printf("rolling: the other version went on with what %s had planned and begun %.1f s after its death%n", worker.name(),
                (System.nanoTime() - killedAt) / 1e9);
    }

    /** Returns when a process sends that is none of these. Older ones do not say in their log who they are. @return its bootId */
    private static String awaitAnother(String run, Set<String> known) {
        Set<String> others = new HashSet<>();
        assertThat(Poll.until(END, () -> {
            others.addAll(scene.ledger().claimants(run).keySet());
            others.removeAll(known);
            return !others.isEmpty();
        })).as("another one than %s sends", known).isTrue();
        return others.iterator().next();
    }

    private static void assertDoubtIsOf(Set<String> killed, String run) {
        List<Document> doubt = scene.ledger().inState(run, "in_doubt");
        System.out.printf("rolling: %d messages are in doubt, of two killed workers%n", doubt.size());
        assertThat(doubt).extracting(Ledger::claimant).as("in doubt is only what the killed ones had claimed").isSubsetOf(killed);
        Map<String, Long> byWorker = doubt.stream()
                .collect(Collectors.groupingBy(one -> Ledger.claimant(one) + " " + one.getString("channel"), Collectors.counting()));
        assertThat(byWorker.values()).as("messages in doubt by worker and channel: %s", byWorker)
                .allSatisfy(count -> assertThat(count).isLessThanOrEqualTo(MOST_IN_DOUBT));
    }
}
