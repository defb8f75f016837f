package org.campaignrecovery.systemtests;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Updates.combine;
import static com.mongodb.client.model.Updates.set;
import static com.mongodb.client.model.Updates.unset;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * The four scenarios of the origin's recovery document. Everything is killed in each, the servers too; where hours have to pass, the
 * campaign's times are put back while nothing runs.
 */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class OriginScenariosIT {
    private static final Duration END = Duration.ofSeconds(120);
    private static final Duration ON_TIME = Duration.ofSeconds(2);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(100).answeringAfter(Duration.ofMillis(20));

    /** Scenario 1: half of the messages are out when everything dies; only the rest is sent. */
    @Test
    void aProcessingCampaignGoesOnWhereItWas() {
        scene.worker(1);
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("delivery", Map.of("ratePerSecond", 10)));
        mission.awaitStart();
        mission.awaitAccepted(50);
        scene.blackout(() -> {
        });
        int before = mission.accepted();
        restart();

        mission.awaitCompleted(END);
        LedgerComparison both = mission.assertEverybodyAccountedFor();
        int planned = both.email().planned() + both.sms().planned();
        System.out.printf("%d of %d messages were out, %d are in doubt%n", before, planned, both.email().inDoubt() + both.sms().inDoubt());
        assertThat(before).as("it was killed in the middle").isBetween(50, planned - 20);
        assertThat(both.email().inDoubt()).isLessThanOrEqualTo(64);
        assertThat(both.sms().inDoubt()).isLessThanOrEqualTo(32);
        assertThat(scene.log("api-1")).contains("checking for pending campaigns to resume").containsPattern("found \\d+ pending campaign")
                .contains("all pending campaigns processed");
    }

    /** Scenario 2: what is scheduled for later starts at its time, whatever is restarted before. */
    @Test
    void aScheduledCampaignIsStillScheduled() {
        Mission mission = scene.launch(Duration.ofSeconds(45));
        assertThat(Poll.until(END, () -> mission.campaignStatus().equals("scheduled"))).isTrue();
        scene.blackout(() -> {
        });
        restart();
        assertThat(mission.runs()).as("it has not begun before its time").isZero();
        assertThat(mission.campaignStatus()).isEqualTo("scheduled");
        assertThat(Poll.until(END, () -> mission.runs() == 1)).isTrue();
        mission.awaitStart();
        assertThat(Duration.between(mission.due(), mission.startedAt())).isBetween(Duration.ZERO, ON_TIME);
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
        assertThat(scene.log("api-1")).contains("already scheduled");
    }

    /** Scenario 3: two hours late because everything was down; it starts at once, and says so. */
    @Test
    void anOverdueCampaignStartsAtOnceAndIsMarked() {
        Mission mission = scene.launch(Duration.ofHours(1));
        assertThat(Poll.until(END, () -> mission.campaignStatus().equals("scheduled"))).isTrue();
        Instant due = Instant.now().minus(Duration.ofHours(2));
        scene.blackout(
                () -> change(mission, set("nextRunAt", Date.from(due)), set("approvedAt", Date.from(due.minus(Duration.ofHours(1))))));
        restart();
        mission.awaitStart();
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
        Document run = run(mission, 0);
        assertThat(run.getLong("overdueBySeconds")).isBetween(7_200L, 7_320L);
        assertThat(scene.log("api-1")).contains("resuming \"" + mission.look("/name").asText() + "\" immediately")
                .contains("resumed \"" + mission.look("/name").asText() + "\" successfully");
    }

    /** Scenario 4: a daily campaign ran yesterday; the night passes without any process; it runs today, and is scheduled for tomorrow. */
    @Test
    void aDailyCampaignGoesOnAfterANightDown() {
        scene.worker(1);
        Mission mission = scene.launch(Duration.ofSeconds(2),
                draft -> draft.with("type", "recurring").with("frequency", "daily").with("channels", List.of("email")));
        mission.awaitStart();
        mission.awaitCompleted(END);
        assertAllReached(mission);
        assertThat(Poll.until(END, () -> mission.campaignStatus().equals("scheduled"))).as(mission.campaignStatus()).isTrue();
        Instant tomorrow = Instant.parse(mission.look("/nextRunAt").asText());
        assertThat(Duration.between(mission.due(), tomorrow)).isBetween(Duration.ofHours(24).minusSeconds(1), Duration.ofHours(24));

        Duration night = Duration.ofHours(25);
        scene.blackout(() -> putBack(mission, night));
        restart();
        assertThat(Poll.until(END, () -> mission.runs() == 2)).as("runs").isTrue();
        mission.follow(run(mission, 1).getString("_id"));
        mission.awaitCompleted(END);
        assertAllReached(mission);
        assertThat(run(mission, 1).getLong("overdueBySeconds")).isBetween(3_600L, 3_720L);
        assertThat(Poll.until(END, () -> mission.campaignStatus().equals("scheduled"))).isTrue();
        assertThat(Instant.parse(mission.look("/nextRunAt").asText())).isEqualTo(tomorrow.minus(night).plus(Duration.ofHours(24)));
    }

    /** By e-mail; an SMS does not say of which run it is. */
    private static void assertAllReached(Mission mission) {
        assertThat(mission.assertReached(scene.sample().email().planned(), 0).email().sent()).isEqualTo(scene.sample().email().planned());
    }

    private static void restart() {
        Service api = scene.startApi(1);
        scene.worker(1);
        api.awaitReady();
    }

    /** As if the campaign had been made so much earlier. */
    private static void putBack(Mission mission, Duration by) {
        Document campaign = scene.database().getCollection("campaigns").find(eq("_id", mission.campaign())).first();
        List<Bson> changes = List.of("startDate", "nextRunAt", "lastOccurrence", "approvedAt", "createdAt").stream()
                .map(field -> set(field, Date.from(campaign.getDate(field).toInstant().minus(by)))).toList();
        change(mission, combine(changes), unset("approvedHash"));
    }

    private static void change(Mission mission, Bson... changes) {
        scene.database().getCollection("campaigns").updateOne(eq("_id", mission.campaign()), combine(changes));
    }

    private static Document run(Mission mission, int n) {
        return scene.database().getCollection("runs").find(eq("campaignId", mission.campaign())).sort(new Document("startedAt", 1)).skip(n)
                .first();
    }
}
