package org.campaignrecovery.api.notification;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.client.model.Filters;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** What another system is told, over a receiver that refuses the first attempt at each notification. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class NotificationQuarkusTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void aCampaignsLifeIsToldSignedAndAgainUntilItIsTaken() throws Exception {
        String id = TestCampaigns.approved(TestCampaigns.valid(Instant.now()));
        List<String> started = awaitPosts(id, "campaign.started", 2);
        assertThat(started.get(0).split(" ")[0]).as("the same notification").isEqualTo(started.get(1).split(" ")[0]);
        for (String post : started) {
            assertSigned(post);
        }
        assertThat(started.get(1)).contains("\"campaignName\":\"Spring sale\"", "\"who\":\"system\"");
        TestSessions.as("operator").body(Map.of("reason", "somebody complained")).post("/api/campaigns/{id}/pause", id).then()
                .statusCode(200);
        assertThat(awaitPosts(id, "campaign.paused", 2).get(1)).contains("\"who\":\"operator\"", "somebody complained");
        await().atMost(SOON).untilAsserted(() -> assertThat(LedgerQuery.all("notifications", Filters.eq("campaign", id)))
                .extracting(one -> one.getString("state")).containsOnly("delivered"));
        assertThat(posts(id, "campaign.started")).as("told once it was taken").hasSize(2);
        TestSessions.as("operator").post("/api/campaigns/{id}/cancel", id);
    }

    /** Whoever changed the status has died before the audit had it; the change is on the campaign. */
    @Test
    void aChangeThatTheAuditDoesNotHaveYetIsToldAsWell() {
        String id = TestCampaigns.create(TestCampaigns.valid(Instant.now().plusSeconds(86_400)));
        Date now = Date.from(Instant.now());
        LedgerQuery.ledger().getCollection("campaigns").updateOne(Filters.eq("_id", id), new Document("$set", new Document("updatedAt", now)
                .append("lastChange", new Document("_id", UUID.randomUUID().toString()).append("campaign", id).append("who", "system")
                        .append("at", now).append("from", "scheduled").append("to", "missed").append("why", "nobody was there"))));
        assertThat(awaitPosts(id, "campaign.missed", 2).get(1)).contains("nobody was there");
    }

    @Test
    void theFirstDoubtOfARunIsTold() {
        String id = TestCampaigns.create(TestCampaigns.valid(Instant.now().plusSeconds(86_400)));
        String run = id + "@2035-01-01T09:00:00Z";
        LedgerQuery.ledger().getCollection("batches").insertMany(List.of(batch(run, 0), batch(run, 1)));
        assertThat(awaitPosts(id, "run.in_doubt", 2).get(1)).contains("\"runId\":\"" + run + "\"").doesNotContain("@customers");
        LedgerQuery.ledger().getCollection("batches").deleteMany(Filters.eq("run", run));
    }

    @Test
    void whatAuthorsDoAtTheirDesksIsNotTold() {
        String id = TestCampaigns.approved(TestCampaigns.valid(Instant.now().plusSeconds(86_400)));
        String later = TestCampaigns.approved(TestCampaigns.valid(Instant.now()));
        awaitPosts(later, "campaign.started", 1);
        assertThat(posts(id, "campaign.")).isEmpty();
    }

    private static Document batch(String run, int n) {
        return new Document("_id", run + ":" + n + ":email").append("run", run).append("channel", "email").append("state", "closed")
                .append("counts", new Document("in_doubt", 3));
    }

    private static List<String> awaitPosts(String campaign, String type, int atLeast) {
        return await().atMost(SOON).until(() -> posts(campaign, type), posts -> posts.size() >= atLeast);
    }

    private static List<String> posts(String campaign, String type) {
        try {
            return HttpClient.newHttpClient()
                    .send(HttpRequest.newBuilder(URI.create(LedgerQuery.setting("NOTIFICATION_WEBHOOK_URL"))).build(),
                            HttpResponse.BodyHandlers.ofString())
                    .body().lines().filter(post -> post.contains("\"campaignId\":\"" + campaign)
                            && post.contains("\"type\":\"" + type))
                    .toList();
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** As a receiver would, by the specification. */
    private static void assertSigned(String post) throws GeneralSecurityException {
        String[] parts = post.split(" ", 4);
        Mac mac = Mac.getInstance("HmacSHA256");
        mac.init(new SecretKeySpec(LedgerQuery.setting("NOTIFICATION_WEBHOOK_SECRET").getBytes(UTF_8), "HmacSHA256"));
        assertThat(parts[2]).isEqualTo("v1," + Base64.getEncoder().encodeToString(mac.doFinal((parts[0] + "." + parts[1] + "." + parts[3])
                .getBytes(UTF_8))));
        assertThat(Instant.ofEpochSecond(Long.parseLong(parts[1]))).isBetween(Instant.now().minusSeconds(60),
                Instant.now().plusSeconds(60));
    }
}
