package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

import org.campaignrecovery.api.migration.OldRecipient.Verdict;
import org.campaignrecovery.model.channel.Channel;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what the system before has recorded of single messages. What it does not say clearly is unknown, never guessed. */
final class OldRecipientReader {
    private static final Set<String> REACHED = Set.of("sent", "delivered", "success", "successful", "accepted", "opened", "clicked");
    private static final Set<String> OPEN = Set.of("pending", "queued", "scheduled", "failed", "error", "bounced", "skipped");

    private final ZoneId zone;
    private final Set<String> unknownFields = new TreeSet<>();
    private final Set<String> unknownWords = new TreeSet<>();
    private int unreadable;

    OldRecipientReader(ZoneId zone) {
        this.zone = zone;
    }

    /** @param listedAsSent the channel when the list that it stands in says that it was sent, otherwise null */
    List<OldRecipient> read(JsonNode value, Channel listedAsSent) {
        if (!value.isObject() || OldFields.isWrapper(value)) {
            return OldFields.text(value).map(address -> List.of(new OldRecipient(
                    listedAsSent != null ? listedAsSent : address.indexOf('@') >= 0 ? Channel.EMAIL : Channel.SMS, address, null,
                    listedAsSent != null ? Verdict.REACHED : unknown(null), null, null))).orElseGet(this::nothing);
        }
        return readObject(new OldFields(value), listedAsSent);
    }

    private List<OldRecipient> readObject(OldFields fields, Channel listedAsSent) {
        Optional<String> email = fields.takeText("email", "emailAddress");
        Optional<String> phone = fields.takeText("phone", "phoneNumber");
        Optional<String> address = fields.takeText("address", "to");
        String customer = fields.take("customerId", "customer_id", "customer").flatMap(OldCampaignReader::customerId).orElse(null);
        Channel channel = channel(fields.takeText("channel", "type").orElse(null), listedAsSent);
        String status = fields.takeText("status", "state").map(word -> word.toLowerCase(Locale.ROOT)).orElse(null);
        Instant at = fields.takeInstant(zone, "sentAt", "at", "deliveredAt", "timestamp").orElse(null);
        fields.ignore("_id", "name", "messageId", "error", "failedAt");
        unknownFields.addAll(fields.left());
        Verdict verdict = status == null && (at != null || listedAsSent != null) ? Verdict.REACHED : verdict(status);
        List<OldRecipient> found = new ArrayList<>();
        if (channel != Channel.SMS) {
            email.or(() -> address.filter(text -> text.indexOf('@') >= 0))
                    .ifPresent(text -> found.add(new OldRecipient(Channel.EMAIL, text, customer, verdict, status, at)));
        }
        if (channel != Channel.EMAIL) {
            phone.or(() -> address.filter(text -> text.indexOf('@') < 0))
                    .ifPresent(text -> found.add(new OldRecipient(Channel.SMS, text, customer, verdict, status, at)));
        }
        if (found.isEmpty() && customer != null) {
            found.add(new OldRecipient(channel, null, customer, verdict, status, at));
        }
        return found.isEmpty() ? nothing() : found;
    }

    private static Channel channel(String name, Channel listed) {
        if (name == null) {
            return listed;
        }
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "email", "e-mail" -> Channel.EMAIL;
            case "sms", "phone" -> Channel.SMS;
            default -> listed;
        };
    }

    private Verdict verdict(String status) {
        if (status != null && REACHED.contains(status)) {
            return Verdict.REACHED;
        }
        return status != null && OPEN.contains(status) ? Verdict.OPEN : unknown(status);
    }

    private Verdict unknown(String status) {
        unknownWords.add(status == null ? "none" : status);
        return Verdict.UNKNOWN;
    }

    private List<OldRecipient> nothing() {
        unreadable++;
        return List.of();
    }

    List<String> notes() {
        List<String> notes = new ArrayList<>();
        if (unreadable > 0) {
            notes.add("%d of its recipients name neither an address nor a customer".formatted(unreadable));
        }
        if (!unknownWords.isEmpty()) {
            notes.add("nobody can tell whether recipients with the status %s were reached: they are in doubt, and an operator decides"
                    .formatted(String.join(", ", unknownWords)));
        }
        if (!unknownFields.isEmpty()) {
            notes.add("not taken over of its recipients: " + String.join(", ", unknownFields));
        }
        return notes;
    }
}
