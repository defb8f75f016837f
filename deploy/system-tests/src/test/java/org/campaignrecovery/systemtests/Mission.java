package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.processes.Poll;
import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One campaign under test, watched through the api and compared with what its addressees were handed. Its texts carry a mark of their own,
 * so that several missions can share a stack.
 */
final class Mission {
    private static final Duration LOOK_EVERY = Duration.ofMillis(150);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(30);

    private final Scene scene;
    private final Campaigns campaigns;
    private final String campaign;
    private final String mark;
    private final Instant due;
    private final List<String> unbalanced = new ArrayList<>();
    private String run;

    private Mission(Scene scene, Campaigns campaigns, String campaign, String mark, Instant due) {
        this.scene = scene;
        this.campaigns = campaigns;
        this.campaign = campaign;
        this.mark = mark;
        this.due = due;
    }

    /** What the texts of the mission of that number must have in them. */
    static String mark(int number) {
        return "mission-" + number + ".";
    }

    static Mission launch(Scene scene, int number, Duration until, UnaryOperator<CampaignDraft> change) {
        String mark = mark(number);
        Campaigns campaigns = scene.campaigns();
        Instant due = Instant.now().plus(until);
        CampaignDraft draft = CampaignDraft.toEverybody(mark, due).with("sms", Map.of("body", "Hello {{name}}, this is " + mark));
        return new Mission(scene, campaigns, campaigns.launch(change.apply(draft)), mark, due);
    }

    String campaign() {
        return campaign;
    }

    Instant due() {
        return due;
    }

    /** Returns once there is a run. @return its id */
    String awaitStart() {
        assertThat(Poll.until(STARTS_WITHIN, LOOK_EVERY, () -> campaigns.latestRun(campaign).map(RunProgress::id).map(id -> run = id)
                .isPresent())).as("the campaign starts: %s", campaigns.campaign(campaign)).isTrue();
        return run;
    }

    String run() {
        return run;
    }

    /** Returns when the mail server and the stand-in have taken so many messages of it. */
    void awaitAccepted(int messages) {
        assertThat(Poll.until(Duration.ofSeconds(60), Duration.ofMillis(50), () -> accepted() >= messages))
                .as("%d messages are accepted", messages).isTrue();
    }

    int accepted() {
        return marked("SMTP_RECORD", "run", run).size() + marked("SMS_RECORD", "body", mark).size();
    }

    /** Who has been handed a message of it: the addresses in their normal form. */
    Set<String> receivers() {
        return Stream.concat(marked("SMTP_RECORD", "run", run).stream(), marked("SMS_RECORD", "body", mark).stream())
                .map(line -> Json.parse(line).get("to").asText().trim().toLowerCase(Locale.ROOT)).collect(Collectors.toSet());
    }

    /** Returns when the run is completed; planned must be the sum of the counts at every look until then. */
    RunProgress awaitCompleted(Duration limit) {
        RunProgress last = awaitOver(limit);
        assertThat(last.status()).as("the run ends: %s", last.json()).isEqualTo("completed");
        assertThat(unbalanced).as("planned = sum of the counts at every look").isEmpty();
        return last;
    }

    private RunProgress awaitOver(Duration limit) {
        AtomicReference<RunProgress> last = new AtomicReference<>();
        AtomicInteger looks = new AtomicInteger();
        Poll.until(limit, LOOK_EVERY, () -> {
            RunProgress now = look();
            last.set(now);
            looks.incrementAndGet();
            return now.isOver();
        });
        return last.get();
    }

    /** The run as the api shows it now; it must balance. */
    RunProgress look() {
        RunProgress now = campaigns.run(run);
        if (!now.adds()) {
            unbalanced.add(now.json().toString());
        }
        return now;
    }

    /** Its e-mails as the mail server was given them, headers and all. */
    List<String> sources() {
        return marked("SMTP_RECORD", "run", run).stream()
                .map(line -> new String(Base64.getDecoder().decode(Json.parse(line).get("raw").asText()), StandardCharsets.UTF_8)).toList();
    }

    /** The e-mails of it that the mail server has taken, with the time at which it did. */
    List<Instant> emailsTakenAt() {
        return times(marked("SMTP_RECORD", "run", run));
    }

    /** The same of its SMS. */
    List<Instant> textsTakenAt() {
        return times(marked("SMS_RECORD", "body", mark));
    }

    private static List<Instant> times(List<String> lines) {
        return lines.stream().map(line -> Instant.parse(Json.parse(line).get("at").asText())).toList();
    }

    /** Another occurrence of the same campaign: everything after this call is about that run. */
    void follow(String nextRun) {
        run = nextRun;
    }

    JsonNode look(String path) {
        return campaigns.campaign(campaign).at(path);
    }

    Instant startedAt() {
        return Instant.parse(campaigns.run(run).json().get("startedAt").asText());
    }

    String campaignStatus() {
        return campaigns.campaign(campaign).get("status").asText();
    }

    int runs() {
        return (int) scene.database().getCollection("runs").countDocuments(new org.bson.Document("campaignId", campaign));
    }

    /** Both sides as they are now. */
    LedgerComparison comparison() {
        try {
            Path texts = Files.createTempFile(scene.cluster().directory().root(), "texts", ".ndjson");
            Files.write(texts, marked("SMS_RECORD", "body", mark));
            return LedgerComparison.of(scene.database(), run, Path.of(scene.addresses().get("SMTP_RECORD")), texts);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /**
     * What every mission must come to, whatever happened on the way: everybody planned once, ledger and receivers agree on every address,
     * nobody got two.
     */
    LedgerComparison assertEverybodyPlanned() {
        return assertReached(scene.sample().email().planned(), scene.sample().sms().planned());
    }

    /** As {@link #assertEverybodyPlanned}, for any audience. */
    LedgerComparison assertReached(int emails, int sms) {
        LedgerComparison both = comparison();
        assertThat(both.disagreements()).as("ledger and receivers agree, address by address").isEmpty();
        assertThat(both.email().receivedTwice()).as("e-mails received twice").isZero();
        assertThat(both.sms().receivedTwice()).as("SMS received twice").isZero();
        assertThat(both.email().planned()).as("e-mails planned").isEqualTo(emails);
        assertThat(both.sms().planned()).as("SMS planned").isEqualTo(sms);
        return both;
    }

    /** As {@link #assertEverybodyPlanned}, and nobody was given up. */
    LedgerComparison assertEverybodyAccountedFor() {
        LedgerComparison both = assertEverybodyPlanned();
        assertThat(both.email().sent() + both.email().inDoubt()).as("e-mails sent or in doubt").isEqualTo(both.email().planned());
        assertThat(both.sms().sent() + both.sms().inDoubt()).as("SMS sent or in doubt").isEqualTo(both.sms().planned());
        return both;
    }

    /** As {@link #assertEverybodyAccountedFor}, without any doubt. */
    void assertEverybodyReached() {
        LedgerComparison both = assertEverybodyAccountedFor();
        assertThat(both.email().inDoubt()).as("e-mails in doubt").isZero();
        assertThat(both.sms().inDoubt()).as("SMS in doubt").isZero();
    }

    private List<String> marked(String record, String field, String value) {
        List<String> lines = new ArrayList<>();
        try {
            NdjsonLog.read(Path.of(scene.addresses().get(record)), line -> {
                if (line.path(field).asText().contains(value)) {
                    lines.add(line.toString());
                }
            });
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return lines;
    }
}
