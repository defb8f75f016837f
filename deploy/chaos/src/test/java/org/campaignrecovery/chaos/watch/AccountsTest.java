package org.campaignrecovery.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.local.comparison.Receipts;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AccountsTest {
    private static final String RUN = "c@2026-01-01T00:00:00Z";

    @TempDir
    Path directory;

    private final Violations violations = new Violations(new Timeline());

    @Test
    void findsNothingWhereBothSidesAgree() throws IOException {
        Accounts accounts = compare(List.of(delivery("a", "sent"), delivery("b", "in_doubt"), delivery("c", "in_doubt"),
                delivery("d", "failed"), delivery("e", "sent").append("resent", true)), "a", "b", "e", "e");
        assertThat(violations.sentences()).isEmpty();
        assertThat(accounts.resent()).isEqualTo(1);
        assertThat(accounts.duplicates() + accounts.lost()).isZero();
    }

    @Test
    void findsWhoReceivedTwo() throws IOException {
        Accounts accounts = compare(List.of(delivery("a", "sent"), delivery("b", "in_doubt")), "a", "a", "b", "b");
        assertThat(violations.sentences()).hasSize(2).allMatch(sentence -> sentence.startsWith("1: "));
        assertThat(accounts.duplicates()).isEqualTo(2);
    }

    @Test
    void findsWhoReceivedNothing() throws IOException {
        Accounts accounts = compare(List.of(delivery("a", "sent")));
        assertThat(violations.sentences()).hasSize(1).allMatch(sentence -> sentence.startsWith("2: "));
        assertThat(accounts.lost()).isEqualTo(1);
    }

    @Test
    void findsWhoReceivedWhatWasNotSent() throws IOException {
        for (String state : List.of("pending", "sending", "retry_wait", "failed", "suppressed", "cancelled")) {
            Violations found = new Violations(new Timeline());
            accounts(List.of(delivery("a", state)), "a").compare(found);
            assertThat(found.sentences()).as(state).hasSize(1).allMatch(sentence -> sentence.startsWith("2: "));
        }
    }

    @Test
    void findsWhoIsNotInTheLedger() throws IOException {
        compare(List.of(), "a");
        assertThat(violations.sentences()).hasSize(1).allMatch(sentence -> sentence.contains("not in the ledger"));
    }

    private Accounts compare(List<Document> deliveries, String... received) throws IOException {
        Accounts accounts = accounts(deliveries, received);
        accounts.compare(violations);
        return accounts;
    }

    private Accounts accounts(List<Document> deliveries, String... received) throws IOException {
        Path record = directory.resolve("smtp.ndjson");
        Files.writeString(record, Stream.of(received)
                .map(to -> "{\"run\":\"%s\",\"to\":\"%s\"}%n".formatted(RUN, to)).collect(Collectors.joining()));
        return new Accounts(deliveries, Map.of("email", Receipts.mails(record, RUN), "sms",
                Receipts.texts(directory.resolve("none"), Set.of())));
    }

    private static Document delivery(String address, String state) {
        return new Document("_id", "id-" + address).append("channel", "email").append("address", address).append("state", state)
                .append("batch", "b");
    }
}
