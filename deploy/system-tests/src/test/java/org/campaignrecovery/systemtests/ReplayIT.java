package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.kafka.Topics;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.processes.Readiness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;

/** Events are heard again, five times over, or were never ours (promise P6). */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ReplayIT {
    private static final String DUE = "campaign-due";
    private static final String BATCH = "campaign-batch";
    private static final String DLQ = "-dlq";
    private static final Duration END = Duration.ofSeconds(90);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(200).withWorkerSettings("campaign.planning.page=50");

    /**
     * Offsets set back to the beginning after a campaign has completed: every event is heard again, and nothing is sent or claimed.
     * <p>
     * Fails when a closed batch or a planned run can be taken because an event says so.
     */
    @Test
    void hearingEverythingAgainSendsNothing() throws Exception {
        Worker worker = scene.worker(1);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        mission.awaitCompleted(END);
        try (Topics topics = scene.topics()) {
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-sender", BATCH))).as("everything is acknowledged").isTrue();
            assertThat(scene.stop(worker.process())).isTrue();
            int accepted = mission.accepted();
            Map<String, String> claims = claims(run);
            Map<String, Document> batches = scene.ledger().batches(run);

            topics.rewind("campaign-planner");
            topics.rewind("campaign-sender");
            assertThat(topics.caughtUp("campaign-sender", BATCH)).as("there is something to hear again").isFalse();
            scene.worker(2);
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-planner", DUE) && topics.caughtUp("campaign-sender", BATCH)))
                    .as("everything was heard again").isTrue();

            assertThat(mission.accepted()).as("messages").isEqualTo(accepted);
            assertThat(claims(run)).as("claims").isEqualTo(claims);
            assertThat(scene.ledger().batches(run)).as("batches, their leases' epochs among it").isEqualTo(batches);
        }
        mission.assertEverybodyReached();
    }

    /**
     * Every event of a campaign arrives five times, at two workers.
     * <p>
     * Fails when a lease is taken without its guard, or planning is begun again by the second event.
     */
    @Test
    void everyEventFiveTimes() throws Exception {
        scene.workers(2);
        try (Topics topics = scene.topics(); Topics.Echo echo = topics.echo(Set.of(DUE, BATCH), 4)) {
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-planner", DUE) && topics.caughtUp("campaign-sender", BATCH)))
                    .as("what other tests left is answered").isTrue();
            long poison = poison(topics);
            Mission mission = scene.launch(Duration.ofSeconds(3));
            mission.awaitStart();
            mission.awaitCompleted(END);
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-sender", BATCH))).as("all five are answered").isTrue();

            mission.assertEverybodyReached();
            assertThat(mission.runs()).isEqualTo(1);
            assertThat(echo.echoed()).as("events that came five times").isGreaterThan(5);
            assertThat(poison(topics)).as("none of them is poison").isEqualTo(poison);
        }
    }

    /**
     * What nobody can understand goes to the dead letters, record by record; the service stays well and a campaign completes meanwhile.
     * <p>
     * Fails when a record that cannot be read stops its partition, or is dropped without a trace.
     */
    @Test
    void poisonGoesToTheDeadLetters() throws Exception {
        Worker worker = scene.worker(1);
        byte[] garbage = {(byte) 0xff, 0, (byte) 0xc3, 0x28, '{'};
        try (Topics topics = scene.topics()) {
            long dueBefore = topics.records("campaign-due-dlq");
            long batchBefore = topics.records("campaign-batch-dlq");
            topics.write(DUE, "a", garbage, "campaign.due.v1");
            topics.write(DUE, "b", json("runId", "6b0000000000000000000000@2026-01-01T00:00:00Z"), "campaign.due.v1");
            topics.write(DUE, "c", json("runId", "6b0000000000000000000000@2026-01-01T00:00:00Z"), "campaign.due.v9");
            topics.write(BATCH, "d", garbage, "campaign.batch.v1");
            topics.write(BATCH, "e", json("batchId", "nobody:0:email"), "campaign.batch.v1");
            topics.write(BATCH, "f", json("batchId", "nobody:0:email"), "campaign.batch.v9");
            topics.write(BATCH, "g", json("otherId", "nobody:0:email"), "campaign.batch.v1");
            topics.write(BATCH, "h", null, "campaign.batch.v1");
            Mission mission = scene.launch();
            mission.awaitStart();
            mission.awaitCompleted(END);

            mission.assertEverybodyReached();
            assertThat(Poll.until(Duration.ofSeconds(20), () -> topics.caughtUp("campaign-sender", BATCH))).isTrue();
            assertThat(topics.records("campaign-due-dlq") - dueBefore).as("dead letters about runs").isEqualTo(3);
            assertThat(topics.records("campaign-batch-dlq") - batchBefore).as("dead letters about batches").isEqualTo(5);
            for (String health : List.of("/q/health/live", "/q/health/ready")) {
                assertThat(Readiness.answersOk(worker.service().base().resolve(health))).as(health).isTrue();
            }
        }
    }

    /**
     * The topics are deleted and made again while a campaign is under way and after it: what was rung and not heard is found in the ledger.
     * <p>
     * Fails when a run waits for an event that is gone, or when a worker does not hear the new topics.
     * <p>
     * What a worker commits about a topic while it is being deleted counts for the new one; until the new one is as long, its workers hear
     * its beginning at each start and commit nothing. Other tests wait for commits, so the groups are forgotten.
     */
    @Test
    void topicsThatAreDeletedAndMadeAgainLoseNothing() throws Exception {
        List<Worker> workers = scene.workers(2);
        try (Topics topics = scene.topics()) {
            Mission mission = scene.launch();
            mission.awaitStart();
            mission.awaitAccepted(40);
            topics.deleteAndCreate(BATCH);
            topics.deleteAndCreate(DUE);
            mission.awaitCompleted(END);
            mission.assertEverybodyReached();
            Mission next = scene.launch();
            next.awaitStart();
            next.awaitCompleted(END);
            next.assertEverybodyReached();
            workers.forEach(worker -> assertThat(scene.stop(worker.process())).isTrue());
            topics.forget("campaign-planner");
            topics.forget("campaign-sender");
        }
    }

    /**
     * Dead letters of every kind are published again after the run is over, twice: those that speak of it five times over, garbage, an
     * unknown version, a run that no longer exists. Nobody is sent anything.
     * <p>
     * Fails when an event makes a worker take what is closed, or when poison is published again, or passed before it is.
     */
    @Test
    void deadLettersOfAFinishedRunSendNothingWhenTheyArePublishedAgain() throws Exception {
        scene.worker(1);
        Mission mission = scene.launch();
        String run = mission.awaitStart();
        mission.awaitCompleted(END);
        try (Topics topics = scene.topics()) {
            ApiClient operator = scene.cluster().login(LocalUsers.OPERATOR);
            for (String topic : List.of(DUE, BATCH)) {
                redrive(operator, topic, false);
            }
            int accepted = mission.accepted();
            Map<String, String> claims = claims(run);
            Map<String, Document> batches = scene.ledger().batches(run);
            String batch = batches.keySet().iterator().next();
            for (int n = 0; n < 5; n++) {
                topics.write(DUE + DLQ, run, json("runId", run), "campaign.due.v1");
                topics.write(BATCH + DLQ, batch, json("batchId", batch), "campaign.batch.v1");
            }
            byte[] garbage = {(byte) 0xff, 0, (byte) 0xc3, 0x28, '{'};
            topics.write(DUE, "g", garbage, "campaign.due.v1");
            topics.write(DUE, "h", json("runId", run), "campaign.due.v9");
            topics.write(DUE, "i", json("runId", "6b0000000000000000000000@2026-01-01T00:00:00Z"), "campaign.due.v1");
            topics.write(BATCH, "j", garbage, "campaign.batch.v1");
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-planner", DUE) && topics.caughtUp("campaign-sender", BATCH)))
                    .as("the poison is answered").isTrue();

            JsonNode due = redrive(operator, DUE, false);
            assertThat(List.of(due.get("read").asInt(), due.get("published").asInt(), due.get("refused").asInt())).containsExactly(8, 5, 3);
            JsonNode about = redrive(operator, BATCH, false);
            assertThat(List.of(about.get("read").asInt(), about.get("published").asInt(), about.get("refused").asInt())).containsExactly(6,
                    5, 1);
            assertThat(redrive(operator, DUE, false).get("read").asInt()).as("they are passed").isZero();
            assertThat(redrive(operator, BATCH, true).get("published").asInt()).as("again").isGreaterThanOrEqualTo(5);
            assertThat(Poll.until(END, () -> topics.caughtUp("campaign-planner", DUE) && topics.caughtUp("campaign-sender", BATCH)))
                    .as("everything is answered").isTrue();

            assertThat(mission.accepted()).as("messages").isEqualTo(accepted);
            assertThat(claims(run)).as("claims").isEqualTo(claims);
            assertThat(scene.ledger().batches(run)).as("batches").isEqualTo(batches);
            assertThat(operator.get("/api/dead-letters?limit=500").get("items").size()).isGreaterThanOrEqualTo(14);
        }
    }

    private static JsonNode redrive(ApiClient operator, String topic, boolean again) {
        return operator.post("/api/dead-letters/redrive", Map.of("topic", topic + DLQ, "again", again));
    }

    private static long poison(Topics topics) throws Exception {
        return topics.records("campaign-due-dlq") + topics.records("campaign-batch-dlq");
    }

    private static byte[] json(String field, String value) {
        return ("{\"" + field + "\":\"" + value + "\"}").getBytes(StandardCharsets.UTF_8);
    }

    private static Map<String, String> claims(String run) {
        return scene.ledger().deliveries(run).stream()
                .collect(Collectors.toMap((Document delivery) -> delivery.getString("_id"), delivery -> delivery.getString("claim")));
    }
}
