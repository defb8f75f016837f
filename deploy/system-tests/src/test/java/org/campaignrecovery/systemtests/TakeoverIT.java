package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Processes are killed, frozen and told to stop while a campaign is under way (promises P1, P2, P3, P4 and P8). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class TakeoverIT {
    private static final int MOST_EMAILS_IN_DOUBT = 64;
    private static final int MOST_SMS_IN_DOUBT = 32;
    private static final Duration TAKEOVER = Duration.ofSeconds(25);
    private static final Duration END = Duration.ofSeconds(90);
    private static final String QUICK_DEATH = "campaign.lease.dead-after=8s";

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(300).answeringAfter(Duration.ofMillis(500))
            .withWorkerSettings("campaign.planning.first-page=40", "campaign.planning.page=40");

    /**
     * P1 to P4: the work of a worker that dies goes on elsewhere within 25 s; what it had claimed, and nothing else, is in doubt; nobody
     * receives two and nobody is lost.
     * <p>
     * Fails when the sweep of a re-lease makes claimed messages pending again (P1), when permits are given back before the outcome is
     * recorded (P3), when nobody observes leases (P4).
     */
    @Test
    void workOfAKilledWorkerGoesOnElsewhere() {
        List<Worker> workers = scene.workers(2);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        String killed = awaitInTheMiddle(mission, workers.get(0));
        workers.get(0).process().kill();
        long killedAt = System.nanoTime();
        Set<String> held = scene.ledger().leasedBy(run, killed);
        assertThat(held).as("batches that the killed worker held").isNotEmpty();

        boolean goesOn = Poll.until(END, () -> scene.ledger().wentOn(held, killed));
        Duration takeover = Duration.ofNanos(System.nanoTime() - killedAt);
        assertThat(goesOn).as("another worker claims the rest of %s", held).isTrue();
        mission.awaitCompleted(END);

        LedgerComparison both = mission.assertEverybodyAccountedFor();
        System.out.printf("takeover after %.1f s, in doubt %d e-mails and %d SMS%n", takeover.toMillis() / 1e3, both.email().inDoubt(),
                both.sms().inDoubt());
        assertThat(takeover).as("SIGKILL to next claim").isLessThan(TAKEOVER);
        assertDoubtIsOf(Set.of(killed), run, both);
        assertThat(both.email().inDoubt() + both.sms().inDoubt()).as("it was killed with messages in the air").isPositive();
    }

    /**
     * P2: planning that a killed worker has begun goes on elsewhere, and every customer is planned once.
     * <p>
     * Fails when the planner's lease is never found dead, when the next planner starts at the first page, or behind a page that was only
     * half planned.
     */
    @Test
    void planningOfAKilledWorkerGoesOnElsewhere() {
        String[] narrow = {QUICK_DEATH, "campaign.planning.first-page=20", "campaign.planning.page=20", "campaign.planning.window=2"};
        List<Worker> workers = scene.workers(2, narrow);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        assertThat(Poll.until(END, () -> scene.ledger().pages(run).size() >= 4)).as("planning is under way").isTrue();
        Worker planner = workers.stream().filter(worker -> worker.plans(run)).findFirst().orElseThrow();
        planner.process().kill();
        assertThat(scene.ledger().pages(run)).as("it was killed before the end").noneMatch(page -> page.getString("state").equals("end"));

        RunProgress completed = mission.awaitCompleted(END);
        LedgerComparison both = mission.assertEverybodyAccountedFor();
        assertDoubtIsBounded(both);
        assertThat(completed.json().at("/skipped/email/duplicateAddress").asInt()).isEqualTo(scene.sample().email().duplicateAddress());
        assertThat(completed.json().at("/skipped/email/noAddress").asInt()).isEqualTo(scene.sample().email().noAddress());
        assertThat(completed.json().at("/skipped/sms/invalidAddress").asInt()).isEqualTo(scene.sample().sms().invalidAddress());
        List<Document> pages = scene.ledger().pages(run);
        assertThat(pages).as("one end").filteredOn(page -> page.getString("state").equals("end")).hasSize(1);
        assertThat(workers.stream().filter(worker -> worker != planner).findFirst().orElseThrow().log())
                .contains("run=" + run + " epoch=2: fetching");
    }

    /**
     * P8: a worker that was frozen past its lease and wakes while another one works on its batches claims nothing of them any more, sends
     * nothing a second time and does not overwrite what the other one wrote.
     * <p>
     * Fails when a re-lease makes claimed messages pending again while the woken worker's last gate is open. The fence has a test of its own,
     * below: a woken worker mostly finds out by its heartbeat before it claims.
     */
    @Test
    void aWokenWorkerDoesNoHarm() {
        List<Worker> workers = scene.workers(2, QUICK_DEATH);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        String frozen = awaitInTheMiddle(mission, workers.get(0));
        workers.get(0).process().freeze();
        Set<String> held = scene.ledger().leasedBy(run, frozen);
        assertThat(held).as("batches that the frozen worker held").isNotEmpty();

        assertThat(Poll.until(END, Duration.ofMillis(20), () -> scene.ledger().stampedAgain(held).size() >= Math.min(2, held.size())))
                .as("another worker takes over").isTrue();
        Set<String> lost = scene.ledger().stampedAgain(held);
        Set<String> claimed = claimedIn(lost, run, frozen);
        workers.get(0).process().thaw();
        Map<String, Document> takenOver = scene.ledger().batches(run);
        mission.awaitCompleted(END);
        // What the woken worker still has to say, it says within two heartbeats.
        Poll.until(Duration.ofSeconds(4), () -> false);

        LedgerComparison both = mission.assertEverybodyPlanned();
        assertDoubtIsOf(Set.of(frozen), run, both);
        assertThat(scene.ledger().inState(run, "failed")).as("known not to be sent: what the woken worker's last gate stopped")
                .allSatisfy(delivery -> assertThat(Ledger.claimant(delivery)).isEqualTo(frozen));
        assertThat(List.of("pending", "sending", "retry_wait")).as("what is left open")
                .allSatisfy(state -> assertThat(scene.ledger().inState(run, state)).isEmpty());
        assertThat(claimed).as("the woken worker claimed nothing of the batches that it had lost")
                .containsAll(claimedIn(lost, run, frozen));
        Map<String, Document> batches = scene.ledger().batches(run);
        assertThat(scene.ledger().leasedAgain(held)).allSatisfy(batch -> {
            assertThat(batches.get(batch).getString("state")).isEqualTo("done");
            assertThat(((Number) batches.get(batch).get("epoch")).longValue())
                    .as("lost batches are not taken back").isGreaterThanOrEqualTo(((Number) takenOver.get(batch).get("epoch")).longValue());
        });
        assertThat(workers.get(0).process().isAlive()).isTrue();
    }

    /**
     * P8: a worker that shows no heartbeat and works on does not know that it was deposed; what it claims of a batch that another one has
     * leased meanwhile comes to nothing.
     * <p>
     * Fails when a re-lease does not stamp the fence or a claim does not ask for it.
     */
    @Test
    void aWorkerThatDoesNotKnowItIsDeposedClaimsNothing() {
        // One small group at a time and batches that take twice as long as a lease lives, so that the lost one has members for both to claim.
        String[] slowly = {"campaign.sending.email.groups=1", "campaign.sending.email.group-size=4", "campaign.sending.sms.groups=1",
                "campaign.sending.sms.group-size=4", "campaign.planning.first-page=120", "campaign.planning.page=120"};
        Service other = scene.startWorker(2, with(slowly, "campaign.lease.dead-after=6s"));
        Worker deaf = scene.worker(1, with(slowly, "campaign.lease.heartbeat-every=10m"));
        other.awaitReady();
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        String bootId = awaitInTheMiddle(mission, deaf, 6);

        assertThat(
                Poll.until(END, Duration.ofMillis(20), () -> !scene.ledger().leasedAgain(scene.ledger().batches(run).keySet()).isEmpty()))
                .as("it is deposed").isTrue();
        assertThat(Poll.until(END, Duration.ofMillis(20),
                () -> scene.ledger().claimedByAnother(scene.ledger().stampedAgain(scene.ledger().batches(run).keySet()), bootId)))
                .as("the new owner claims, after its stamp").isTrue();
        Set<String> lost = scene.ledger().stampedAgain(scene.ledger().batches(run).keySet());
        Set<String> claimed = claimedIn(lost, run, bootId);
        mission.awaitCompleted(END);

        mission.assertEverybodyPlanned();
        assertThat(claimed).as("claims of the deposed worker in %s", lost).containsAll(claimedIn(lost, run, bootId));
    }

    /**
     * P4: a worker that is told to stop in the middle of its batches is gone within its grace period, leaves nothing in doubt and hands over
     * what it held.
     * <p>
     * Fails when a stopping worker does not wait for its groups or does not give its leases back.
     */
    @Test
    void aWorkerToldToStopLeavesNothingInDoubt() {
        List<Worker> workers = scene.workers(2);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        String stopped = awaitInTheMiddle(mission, workers.get(0));
        workers.get(0).process().terminate();
        long told = System.nanoTime();
        assertThat(workers.get(0).process().awaitExit(TAKEOVER)).as("gone within its grace period").isTrue();
        System.out.printf("stopped after %.1f s%n", (System.nanoTime() - told) / 1e9);
        assertThat(scene.ledger().leasedBy(run, stopped)).as("leases that it left behind").isEmpty();

        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
        assertThat(Duration.ofNanos(System.nanoTime() - told)).as("nobody waited for a dead lease").isLessThan(Duration.ofSeconds(20));
    }

    /**
     * P4: a worker that is told to stop while it plans gives the planning back before it goes, and another one goes on within seconds.
     * <p>
     * Fails when a stopping worker does not wait for its planner: its lease is then left to die.
     */
    @Test
    void aPlannerToldToStopHandsItsPlanningOver() {
        String[] narrow = {"campaign.planning.first-page=20", "campaign.planning.page=20", "campaign.planning.window=2"};
        List<Worker> workers = scene.workers(2, narrow);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        assertThat(Poll.until(END, () -> scene.ledger().pages(run).size() >= 4)).as("planning is under way").isTrue();
        Worker planner = workers.stream().filter(worker -> worker.plans(run)).findFirst().orElseThrow();
        Worker other = workers.stream().filter(worker -> worker != planner).findFirst().orElseThrow();
        planner.process().terminate();
        assertThat(planner.process().awaitExit(TAKEOVER)).as("gone within its grace period").isTrue();
        long gone = System.nanoTime();
        assertThat(scene.ledger().pages(run)).as("it was stopped before the end")
                .noneMatch(page -> page.getString("state").equals("end"));
        assertThat(Poll.until(Duration.ofSeconds(3), () -> other.log().contains("run=" + run + " epoch=2: fetching")))
                .as("another worker goes on with the planning").isTrue();
        System.out.printf("planning went on %.1f s after its planner had gone%n", (System.nanoTime() - gone) / 1e9);
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
    }

    /**
     * P1, P2: an api that dies while campaigns become due leaves each of them started once, wherever it was: between the campaign and its
     * run, between the run and its event, before any of it.
     * <p>
     * Fails when the sweep for runs that were not inserted or published is missing.
     */
    @Test
    void campaignsStartOnceThoughTheirApiDies() {
        int number = 12;
        scene.workers(1);
        List<String> customers = customers(3);
        Instant due = Instant.now().plusSeconds(6);
        List<Mission> missions = new ArrayList<>();
        for (int n = 0; n < number; n++) {
            missions.add(scene.launch(Duration.between(Instant.now(), due), draft -> draft.with("audience", null)
                    .with("targetedCustomerIds", customers).with("startDate", due.toString())));
        }
        Set<String> ours = new HashSet<>(missions.stream().map(Mission::campaign).toList());
        assertThat(Poll.until(Duration.ofSeconds(30), Duration.ofMillis(1), () -> begun(ours) > 0)).as("the first campaign starts")
                .isTrue();
        scene.process("api-1").kill();
        System.out.printf("killed when %d of %d campaigns had begun and %d had a run%n", begun(ours), number,
                missions.stream().mapToInt(Mission::runs).sum());
        scene.startApi(1).awaitReady();

        for (Mission mission : missions) {
            mission.awaitStart();
            mission.awaitCompleted(END);
            LedgerComparison both = mission.comparison();
            assertThat(mission.runs()).as("runs of one campaign").isEqualTo(1);
            assertThat(both.disagreements()).isEmpty();
            assertThat(both.email().receivedTwice() + both.sms().receivedTwice()).isZero();
            assertThat(both.email().sent()).as("e-mails").isEqualTo(both.email().planned()).isPositive();
        }
    }

    /**
     * P1, P2: database, broker and mail server die with SIGKILL and come back with what they had acknowledged: the services go on by
     * themselves, nothing is lost and nobody receives two.
     * <p>
     * Fails when a claim without an answer counts as a claim, or an outcome that could not be written is forgotten.
     */
    @Test
    void everythingGoesOnAfterTheStackIsKilled() {
        scene.workers(1);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitAccepted(100);
        ManagedProcess stack = scene.process("stack");
        stack.kill();
        int acknowledged = mission.accepted();
        scene.cluster().startStack();
        assertThat(mission.accepted()).as("what was accepted is still there").isGreaterThanOrEqualTo(acknowledged);

        mission.awaitCompleted(END);
        assertDoubtIsBounded(mission.assertEverybodyAccountedFor());
    }

    private static String[] with(String[] settings, String one) {
        List<String> all = new ArrayList<>(List.of(settings));
        all.add(one);
        return all.toArray(String[]::new);
    }

    /** Returns when messages are accepted and the worker sends some that others do not. @return its bootId */
    private static String awaitInTheMiddle(Mission mission, Worker worker) {
        return awaitInTheMiddle(mission, worker, 60);
    }

    private static String awaitInTheMiddle(Mission mission, Worker worker, int accepted) {
        mission.awaitAccepted(accepted);
        return worker.awaitSending(scene.ledger(), mission.run());
    }

    private static void assertDoubtIsOf(Set<String> processes, String run, LedgerComparison both) {
        assertDoubtIsBounded(both);
        assertThat(scene.ledger().inState(run, "in_doubt")).as("in doubt is only what %s had claimed", processes)
                .allSatisfy(delivery -> assertThat(processes).contains(Ledger.claimant(delivery)));
    }

    private static void assertDoubtIsBounded(LedgerComparison both) {
        assertThat(both.email().inDoubt()).as("e-mails in doubt").isLessThanOrEqualTo(MOST_EMAILS_IN_DOUBT);
        assertThat(both.sms().inDoubt()).as("SMS in doubt").isLessThanOrEqualTo(MOST_SMS_IN_DOUBT);
    }

    private static Set<String> claimedIn(Set<String> batches, String run, String process) {
        Set<String> claimed = new HashSet<>();
        scene.ledger().deliveries(run).stream().filter(delivery -> batches.contains(delivery.getString("batch")))
                .filter(delivery -> delivery.getString("claim") != null && Ledger.claimant(delivery).equals(process))
                .forEach(delivery -> claimed.add(delivery.getString("_id")));
        return claimed;
    }

    private static long begun(Set<String> campaigns) {
        return scene.database().getCollection("campaigns").countDocuments(
                new Document("_id", new Document("$in", campaigns)).append("status",
                        new Document("$nin", List.of("approved", "scheduled"))));
    }

    private static List<String> customers(int number) {
        try (var orders = scene.orders()) {
            List<String> ids = new ArrayList<>();
            for (Document order : orders.collection().find(new Document("email", new Document("$regex", "^c\\d+@customers")))) {
                String id = String.valueOf(order.get("customer_id"));
                if (!ids.contains(id)) {
                    ids.add(id);
                }
                if (ids.size() == number) {
                    break;
                }
            }
            return ids;
        }
    }
}
