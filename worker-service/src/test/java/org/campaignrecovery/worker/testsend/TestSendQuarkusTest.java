package org.campaignrecovery.worker.testsend;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.campaignrecovery.ledger.testsend.TestSendRepository;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.testsend.TestSendRules;
import org.campaignrecovery.model.testsend.TestSendState;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.vertx.core.json.JsonObject;

/** Test messages, from what an api has written to what the providers have received. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class TestSendQuarkusTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Ledger ledger;
    @Inject
    TestSendRepository tests;
    @Inject
    TestSending sending;
    @Inject
    LedgerClock clock;
    @ConfigProperty(name = "test.record.mails")
    Path mails;
    @ConfigProperty(name = "test.record.messages")
    Path messages;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @AfterEach
    void start() {
        turn(false);
    }

    @Test
    void anEmailArrivesMarked() throws IOException {
        TestSendDocument test = asked(Channel.EMAIL, clock.now());
        assertThat(ended(test).state()).isEqualTo(TestSendState.SENT);
        JsonObject mail = received(mails, test.address()).get(0);
        assertThat(mail.getString("subject")).isEqualTo("[Test] Hello Ada");
        assertThat(mail.getString("run")).as("no run of the ledger").isEqualTo("test:" + test.id());
        assertThat(ledger.deliveries("test:" + test.id())).isEmpty();
    }

    @Test
    void anSmsArrivesMarked() throws IOException {
        TestSendDocument test = asked(Channel.SMS, clock.now());
        TestSendDocument ended = ended(test);
        assertThat(ended.state()).isEqualTo(TestSendState.SENT);
        assertThat(ended.providerId()).startsWith("SM");
        assertThat(received(messages, test.address()).get(0).getString("body")).isEqualTo("[Test] Hi Ada");
    }

    /** Fails when a test is handed over without a claim of one's own. */
    @Test
    void manyWhoLookAtOnceSendItOnce() throws IOException {
        turn(true);
        TestSendDocument test = asked(Channel.EMAIL, clock.now());
        turn(false);
        Uni.join().all(IntStream.range(0, 8).mapToObj(i -> sending.send(test)).toList()).andCollectFailures().await().atMost(SOON);
        assertThat(ended(test).state()).isEqualTo(TestSendState.SENT);
        assertThat(received(mails, test.address())).hasSize(1);
    }

    @Test
    void nothingIsSentWhileSendingIsStopped() throws IOException {
        turn(true);
        TestSendDocument test = asked(Channel.EMAIL, clock.now());
        await().pollDelay(Duration.ofSeconds(3)).atMost(SOON).until(() -> true);
        assertThat(byId(test).state()).isEqualTo(TestSendState.REQUESTED);
        turn(false);
        assertThat(ended(test).state()).isEqualTo(TestSendState.SENT);
    }

    @Test
    void anAddressThatHasLeftMeanwhileIsNotSentTo() throws IOException {
        turn(true);
        TestSendDocument test = asked(Channel.EMAIL, clock.now());
        Ledger.await(ledger.of("suppressions", Document.class)
                .insertOne(new Document("_id", SuppressionDocument.id(Channel.EMAIL, test.address()))));
        turn(false);
        TestSendDocument ended = ended(test);
        assertThat(ended.state()).isEqualTo(TestSendState.FAILED);
        assertThat(ended.reason()).isEqualTo("on the suppression list");
        assertThat(received(mails, test.address())).isEmpty();
    }

    @Test
    void whatCannotBeRenderedHasFailed() {
        TestSendDocument test = asked(Channel.EMAIL, new EmailContent("{{#open}}", null, "x", null), clock.now());
        assertThat(ended(test).reason()).startsWith("cannot be rendered");
    }

    /** Its api and its user have given up; a worker of before has died over the other. */
    @Test
    void whatIsOldIsNotSent() throws IOException {
        TestSendDocument old = asked(Channel.EMAIL, clock.now().minus(TestSendRules.PATIENCE).minusSeconds(1));
        assertThat(ended(old).state()).isEqualTo(TestSendState.FAILED);
        TestSendDocument lost = asked(Channel.EMAIL, "sending", clock.now().minusSeconds(120));
        assertThat(ended(lost).state()).isEqualTo(TestSendState.IN_DOUBT);
        assertThat(received(mails, old.address())).isEmpty();
        assertThat(received(mails, lost.address())).isEmpty();
    }

    private TestSendDocument asked(Channel channel, Instant at) {
        return asked(channel, new EmailContent("Hello {{name}}", "<p>See you</p>", "See you", null), at);
    }

    private TestSendDocument asked(Channel channel, EmailContent email, Instant at) {
        TestSendDocument test = document(channel, email, at);
        tests.insert(test).await().atMost(SOON);
        return test;
    }

    private TestSendDocument asked(Channel channel, String state, Instant claimedAt) {
        TestSendDocument test = document(channel, new EmailContent("Hello", null, "x", null), clock.now());
        Document claimed = new Document("_id", test.id()).append("channel", channel.wire()).append("address", test.address())
                .append("state", state).append("claim", "gone:1").append("claimedAt", claimedAt).append("requestedAt", claimedAt);
        Ledger.await(ledger.of(TestSendDocument.COLLECTION, Document.class).insertOne(claimed));
        return test;
    }

    private static TestSendDocument document(Channel channel, EmailContent email, Instant at) {
        return TestSendDocument.requested(UUID.randomUUID().toString(), "c", "Spring sale", channel, Ledger.address(channel),
                channel == Channel.EMAIL ? email : null, channel == Channel.SMS ? new SmsContent("Hi {{name}}") : null,
                Map.of("name", "Ada"), "marketer", at.truncatedTo(ChronoUnit.MILLIS));
    }

    private TestSendDocument ended(TestSendDocument test) {
        await().atMost(SOON).until(() -> byId(test).state().isEnd());
        return byId(test);
    }

    private TestSendDocument byId(TestSendDocument test) {
        return tests.byId(test.id()).await().atMost(SOON);
    }

    private void turn(boolean stopped) {
        Ledger.await(ledger.of("ledger", Document.class).deleteOne(eq("_id", "sending")));
        if (stopped) {
            Ledger.await(ledger.of("ledger", Document.class).insertOne(new Document("_id", "sending").append("stopped", true)));
        }
    }

    private static List<JsonObject> received(Path record, String address) throws IOException {
        return Files.readAllLines(record).stream().map(JsonObject::new).filter(one -> address.equals(one.getString("to"))).toList();
    }
}
