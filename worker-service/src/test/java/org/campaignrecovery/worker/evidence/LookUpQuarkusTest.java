package org.campaignrecovery.worker.evidence;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.smallrye.mutiny.Uni;

/** Doubt about SMS, and what the provider's list says about it. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class LookUpQuarkusTest {
    private static final String CLAIM = "dead:1";
    private static final String TEXT = "Hello Ada";

    @Inject
    Ledger ledger;
    @Inject
    LookUpSweep sweep;
    @Inject
    LookingUp lookingUp;
    @Inject
    LedgerClock clock;
    @ConfigProperty(name = "campaign.twilio.api-base")
    String provider;

    private RunDocument run;
    private BatchDocument batch;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void whatTheProviderHasIsSentAndTheRunsTotalsFollow() {
        double before = resolved();
        doubt(2, Duration.ofSeconds(45));
        String sid = accept(address(0), TEXT);
        look();
        assertThat(delivery(0)).extracting(DeliveryDocument::state, DeliveryDocument::providerId).containsExactly(DeliveryState.SENT, sid);
        assertThat(evidence(0)).containsExactly("twilio:" + sid);
        assertThat(delivery(1).state()).as("absence proves nothing").isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(delivery(1).lookUps()).isEqualTo(1);
        assertThat(ledger.evidence(delivery(1).id())).hasSize(1)
                .allSatisfy(fact -> assertThat(fact.getString("detail")).startsWith("looked up at ").endsWith(", not found"));
        assertThat(resolved() - before).isEqualTo(1);
        Map<String, Long> counted = Counts.of(DeliveryState.SENT, 1).plus(DeliveryState.IN_DOUBT, 1).toWire();
        await().atMost(Duration.ofSeconds(20)).until(() -> counted.equals(ledger.run(run.id).totals.get("sms")));
        assertThat(ledger.batch(batch.id()).counts()).isEqualTo(counted);
    }

    @Test
    void nobodyAsksWhileTheClaimantMayStillBeAtWork() {
        doubt(1, Duration.ofSeconds(30));
        accept(address(0), TEXT);
        look();
        assertThat(delivery(0)).extracting(DeliveryDocument::state, DeliveryDocument::lookUpAt).containsExactly(DeliveryState.IN_DOUBT,
                null);
    }

    @Test
    void severalThatCouldBeItProveNothing() {
        doubt(1, Duration.ofSeconds(45));
        accept(address(0), TEXT);
        accept(address(0), TEXT);
        look();
        assertThat(delivery(0).state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(ledger.evidence(delivery(0).id()).get(0).getString("detail")).endsWith("2 messages could be it");
    }

    @Test
    void anotherTextIsAnotherMessage() {
        doubt(1, Duration.ofSeconds(45));
        accept(address(0), "Hello Bea");
        look();
        assertThat(delivery(0).state()).isEqualTo(DeliveryState.IN_DOUBT);
    }

    /** One that a delivery of another run carries, one that is evidence for another delivery, and the one that is left. */
    @Test
    void whatIsKnownOfAnotherDeliveryIsNoneOfThis() {
        doubt(1, Duration.ofSeconds(45));
        String carried = accept(address(0), TEXT);
        String evident = accept(address(0), TEXT);
        RunDocument other = ledger.insert(completed());
        BatchDocument others = ledger.batch(other, 0, Channel.SMS, 1);
        ledger.set(DeliveryDocument.COLLECTION, others.members().get(0), "providerId", carried);
        Ledger.await(ledger.of("evidence", Document.class).insertOne(new Document("_id", "twilio:" + evident).append("delivery",
                others.members().get(0)).append("verdict", "sent")));
        look();
        assertThat(delivery(0).state()).isEqualTo(DeliveryState.IN_DOUBT);
        assertThat(ledger.evidence(delivery(0).id()).get(0).getString("detail")).endsWith("not found");

        ledger.set(DeliveryDocument.COLLECTION, delivery(0).id(), "lookUpAt", now());
        String ours = accept(address(0), TEXT);
        ledger.set(BatchDocument.COLLECTION, batch.id(), "hb", 77L);
        look();
        assertThat(delivery(0).providerId()).isEqualTo(ours);
    }

    @Test
    void whatIsAskedInVainIsAskedAgainABoundedNumberOfTimes() {
        doubt(1, Duration.ofSeconds(45));
        for (int n = 1; n <= 4; n++) {
            ledger.set(BatchDocument.COLLECTION, batch.id(), "hb", 100L + n);
            look();
            assertThat(delivery(0).lookUps()).isEqualTo(Math.min(n, 3));
            if (n < 3) {
                assertThat(delivery(0).lookUpAt()).isAfter(now().plusSeconds(n == 1 ? 200 : 3_000));
                ledger.set(DeliveryDocument.COLLECTION, delivery(0).id(), "lookUpAt", now());
            } else {
                assertThat(delivery(0).lookUpAt()).as("never again").isNull();
            }
        }
        assertThat(ledger.evidence(delivery(0).id())).hasSize(3);
    }

    /** Two workers see the same doubt at the same time; one of a third was killed after it had begun to ask. */
    @Test
    void oneAsksAtATimeAndAnotherWhenThatOneDies() {
        doubt(2, Duration.ofSeconds(45));
        DeliveryDocument seen = delivery(0);
        Ledger.await(Uni.join().all(lookingUp.ask(seen), lookingUp.ask(seen)).andFailFast());
        assertThat(delivery(0).lookUps()).as("asked once").isEqualTo(1);

        ledger.set(DeliveryDocument.COLLECTION, delivery(1).id(), "lookUpAt", now().plusSeconds(50));
        look();
        assertThat(delivery(1).lookUps()).as("the other one has time").isNull();
        ledger.set(DeliveryDocument.COLLECTION, delivery(1).id(), "lookUpAt", now().minusSeconds(1));
        ledger.set(BatchDocument.COLLECTION, batch.id(), "hb", 78L);
        look();
        assertThat(delivery(1).lookUps()).isEqualTo(1);
    }

    /** Nobody knows when it was claimed: the ledger was restored from a backup of before. It was sent since the run was due. */
    @Test
    void whatARestoredLedgerHasLostIsFound() {
        doubt(1, Duration.ofSeconds(45));
        String sid = accept(address(0), TEXT);
        ledger.set(DeliveryDocument.COLLECTION, delivery(0).id(), "claim", null);
        ledger.set(DeliveryDocument.COLLECTION, delivery(0).id(), "claimedAt", null);
        ledger.set(DeliveryDocument.COLLECTION, delivery(0).id(), "at", now());
        look();
        assertThat(delivery(0).state()).as("not 40 s after its doubt").isEqualTo(DeliveryState.IN_DOUBT);
        Ledger.await(lookingUp.ask(delivery(0)));
        assertThat(delivery(0)).extracting(DeliveryDocument::state, DeliveryDocument::providerId).containsExactly(DeliveryState.SENT, sid);
    }

    /** A completed run whose SMS were claimed so long ago by somebody who died over them 23 s later. */
    private void doubt(int messages, Duration ago) {
        run = ledger.insert(completed());
        batch = ledger.batch(run, 0, Channel.SMS, messages);
        ledger.set(batch.members(), DeliveryState.IN_DOUBT, CLAIM, 2);
        Instant claimed = now().minus(ago);
        for (String id : batch.members()) {
            ledger.set(DeliveryDocument.COLLECTION, id, "claimedAt", claimed);
            ledger.set(DeliveryDocument.COLLECTION, id, "at", now());
        }
        ledger.set(BatchDocument.COLLECTION, batch.id(), "state", BatchState.DONE.wire());
        ledger.set(BatchDocument.COLLECTION, batch.id(), "counts", Counts.of(DeliveryState.IN_DOUBT, messages).toWire());
    }

    private static RunDocument completed() {
        RunDocument run = TestRuns.planning(Channel.SMS);
        run.state = RunState.COMPLETED;
        run.totals = Map.of("sms", Counts.of(DeliveryState.IN_DOUBT, 1).toWire());
        return run;
    }

    private void look() {
        Ledger.await(sweep.pass());
    }

    private DeliveryDocument delivery(int n) {
        return ledger.delivery(batch.members().get(n));
    }

    private String address(int n) {
        return delivery(n).address();
    }

    private List<String> evidence(int n) {
        return ledger.evidence(delivery(n).id()).stream().map(one -> one.getString("_id")).toList();
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }

    /** The provider accepts a message, from whomever. @return its name for it */
    private String accept(String to, String body) {
        Map<String, String> form = new TreeMap<>(Map.of("To", to, "From", "+12025550100", "Body", body));
        String content = form.entrySet().stream()
                .map(field -> field.getKey() + "=" + URLEncoder.encode(field.getValue(), StandardCharsets.UTF_8))
                .reduce((a, b) -> a + "&" + b).orElseThrow();
        try {
            HttpResponse<String> answer = HttpClient.newHttpClient().send(
                    HttpRequest.newBuilder(URI.create(provider + "/2010-04-01/Accounts/AC1/Messages.json"))
                            .header("Authorization",
                                    "Basic " + Base64.getEncoder().encodeToString("AC1:token".getBytes(StandardCharsets.UTF_8)))
                            .header("Content-Type", "application/x-www-form-urlencoded")
                            .POST(HttpRequest.BodyPublishers.ofString(content)).build(),
                    HttpResponse.BodyHandlers.ofString());
            return Json.parse(answer.body()).get("sid").asText();
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static double resolved() {
        return RestAssured.get("/q/metrics").asString().lines()
                .filter(line -> line.startsWith("campaign_doubt_resolved_total") && line.contains("source=\"look_up\"")
                        && line.contains("channel=\"sms\""))
                .mapToDouble(line -> Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1))).sum();
    }
}
