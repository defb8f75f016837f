package org.campaignrecovery.api.retention;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.erasure.TestPlannedRuns;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.schedule.SweepConfig;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.ledger.generation.Continuity;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;

/** Runs whose time to be kept has passed. The sweep is off in the tests, and begun by hand. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class RetentionQuarkusTest {
    private static final Instant LONG_AGO = Instant.parse("2020-01-02T10:00:00Z");
    private static final Instant BEFORE = LONG_AGO.plusSeconds(1);

    @Inject
    RetentionSweep sweep;
    @Inject
    RetainedRunRepository runs;
    @Inject
    RunAnonymising anonymising;
    @Inject
    ErasureRepository erasures;
    @Inject
    LedgerGate gate;
    @Inject
    Continuity continuity;
    @Inject
    LedgerClock clock;
    @Inject
    ScheduleConfig schedule;
    @Inject
    SweepConfig sweeps;

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aRunThatIsOverForLongKeepsItsCountsAndNobodysData() {
        TestPlannedRuns old = over("completed", LONG_AGO);
        TestPlannedRuns young = over("completed", BEFORE);
        Document batch = old.batchDocument(0);
        pass();
        pass();

        for (String customer : List.of("1", "2", "3", "4")) {
            assertThat(old.deliveryOf(customer)).containsKey("anonymised").doesNotContainKeys("address", "customer", "data", "reason");
            assertThat(old.evidenceOf(customer)).containsEntry("detail", "anonymised");
            assertThat(young.deliveryOf(customer)).containsKey("address").doesNotContainKey("anonymised");
        }
        assertThat(List.of("1", "2", "3", "4")).extracting(customer -> old.deliveryOf(customer).getString("state")).containsExactly("sent",
                "failed", "in_doubt", "suppressed");
        assertThat(old.batchDocument(0)).as("counts, members and times").isEqualTo(batch);
        assertThat(old.pageDocument(0)).doesNotContainKeys("from", "to", "rows");
        assertThat(old.runDocument()).containsEntry("state", "completed").containsEntry("allAnonymised", true);
        assertThat(young.runDocument()).doesNotContainKeys("anonymised", "allAnonymised");
    }

    @Test
    void nothingOfItIsSentAgainAndItCanStillBeLookedAt() {
        TestPlannedRuns old = over("completed", LONG_AGO);
        TestPlannedRuns.into("pages", new Document("_id", old.run + ":9").append("run", old.run).append("n", 9).append("state", "end")
                .append("batchCount", 1L).append("batches", List.of()));
        pass();
        TestSessions.as("operator").body(Map.of("states", List.of("failed"))).post("/api/runs/{id}/retry", old.run).then().statusCode(409)
                .body("detail", containsString("kept without personal data since"));
        for (String decision : List.of("resend", "sent", "failed")) {
            TestSessions.as("operator").body(Map.of("decision", decision, "all", true)).post("/api/runs/{id}/resolve", old.run).then()
                    .statusCode(409).body("detail", containsString("kept without personal data since"));
        }
        TestSessions.as("marketer").get("/api/runs/{id}", old.run).then().statusCode(200).body("anonymised", notNullValue())
                .body("counts.email.sent", equalTo(1)).body("counts.email.in_doubt", equalTo(1)).body("planned.email", equalTo(4));
        TestSessions.as("marketer").get("/api/runs/{id}/deliveries?state=failed", old.run).then().statusCode(200)
                .body("items[0].id", equalTo(old.delivery("2"))).body("items[0].address", nullValue())
                .body("items[0].anonymised", notNullValue());
        assertThat(TestSessions.as("marketer").get("/api/runs/{id}/deliveries.csv", old.run).asString().split("\r\n")).hasSize(5);
        TestSessions.as("marketer").get("/api/runs/{id}/timeline", old.run).then().statusCode(200);
    }

    /** What was never sent of it never will be; what its dead worker held is doubtful for ever; a page that was not planned goes too. */
    @Test
    void ofAFailedRunNothingIsLeftOpen() {
        TestPlannedRuns failed = TestPlannedRuns.insert("failed", null).page(null, 7L, "leased", "5 pending", "6 sending", "7 sent")
                .frozen(7L, 9L, List.of("8", "9"), "8");
        TestPlannedRuns.set("runs", failed.run, "finishedAt", Date.from(LONG_AGO));
        TestPlannedRuns.set("campaigns", failed.campaign, "current", new Document("runId", failed.run).append("scheduledFor", new Date()));
        pass();
        assertThat(List.of("5", "6", "7", "8")).extracting(customer -> failed.deliveryOf(customer).getString("state"))
                .containsExactly("cancelled", "in_doubt", "sent", "cancelled");
        assertThat(List.of("5", "6", "7", "8"))
                .allSatisfy(customer -> assertThat(failed.deliveryOf(customer)).doesNotContainKey("address"));
        assertThat(failed.batchDocument(0).getLong("dirty")).as("it is counted again").isGreaterThanOrEqualTo(2);
        assertThat(failed.pageDocument(1)).doesNotContainKeys("rows", "from", "to");
        TestSessions.as("operator").post("/api/campaigns/{id}/run-now", failed.campaign).then().statusCode(409);
        assertThat(failed.runDocument()).containsEntry("state", "failed");
    }

    /** A process died over it: the run is marked, some of it is done. */
    @Test
    void whatWasBegunIsGoneOnWith() {
        TestPlannedRuns old = over("cancelled", LONG_AGO);
        TestPlannedRuns.set("runs", old.run, "anonymised", new Date());
        TestPlannedRuns.set("deliveries", old.delivery("1"), "anonymised", new Date());
        pass();
        assertThat(old.deliveryOf("2")).doesNotContainKey("address");
        assertThat(old.runDocument()).containsEntry("allAnonymised", true);
    }

    @Test
    void aPseudonymIsForgottenWhenNoRunIsLeftThatItConcerns() {
        Ledger.await(erasures.ask("retained-1", "olga", LONG_AGO));
        pass();
        assertThat(Ledger.await(erasures.among(List.of("retained-1"), LONG_AGO))).as("it is not finished").containsExactly("retained-1");
        Ledger.await(erasures.ask("retained-2", "olga", LONG_AGO));
        Document open = org.campaignrecovery.api.stack.LedgerQuery
                .all("erasures", com.mongodb.client.model.Filters.eq("customer", "retained-2"))
                .get(0);
        TestPlannedRuns.set("erasures", open.getString("_id"), "finishedAt", new Date());
        pass();
        assertThat(Ledger.await(erasures.among(List.of("retained-2"), LONG_AGO))).isEmpty();
    }

    @Test
    void itIsOffWhereTheSchedulersAreAndWhereItIsSetToNought() {
        TestPlannedRuns old = over("completed", LONG_AGO);
        Ledger.await(made(Duration.ZERO, true).sweep());
        Ledger.await(made(Duration.ofDays(90), false).sweep());
        assertThat(old.runDocument()).doesNotContainKey("anonymised");
        Ledger.await(made(Duration.ofDays(900), true).sweep());
        assertThat(old.runDocument()).containsEntry("allAnonymised", true);
    }

    private RetentionSweep made(Duration after, boolean schedulers) {
        RetentionConfig config = new RetentionConfig() {
            @Override
            public Duration after() {
                return after;
            }

            @Override
            public Duration every() {
                return Duration.ofHours(1);
            }

            @Override
            public Duration pause() {
                return Duration.ZERO;
            }
        };
        ScheduleConfig enabled = new ScheduleConfig() {
            @Override
            public boolean enabled() {
                return schedulers;
            }

            @Override
            public Duration every() {
                return schedule.every();
            }

            @Override
            public Duration lookAhead() {
                return schedule.lookAhead();
            }

            @Override
            public String defaultRegion() {
                return schedule.defaultRegion();
            }
        };
        return new RetentionSweep(runs, anonymising, erasures, gate, continuity, clock, config, enabled, sweeps);
    }

    private void pass() {
        Ledger.await(sweep.pass(BEFORE));
    }

    private static TestPlannedRuns over(String state, Instant at) {
        TestPlannedRuns run = TestPlannedRuns.insert(state, null).page(null, 4L, "done", "1 sent", "2 failed", "3 in_doubt",
                "4 suppressed");
        TestPlannedRuns.set("runs", run.run, "finishedAt", Date.from(at));
        return run;
    }

    private static final class Ledger {
        static <T> T await(Uni<T> uni) {
            return uni.await().atMost(Duration.ofSeconds(30));
        }
    }
}
