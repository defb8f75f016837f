package org.campaignrecovery.api.migration;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads a document of the system before. Every field is taken over, known not to be needed, or named in the notes. */
final class OldCampaignReader {
    private static final Set<String> FREQUENCIES = Set.of("daily", "weekly", "monthly");
    private static final int ID_DIGITS = 24;

    private final OldFields fields;
    private final List<FieldError> findings = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final CampaignDocument campaign = new CampaignDocument();
    private ZoneId zone = ZoneOffset.UTC;

    OldCampaignReader(JsonNode document) {
        fields = new OldFields(document);
    }

    /** @throws RefusedException when it is nothing that could be kept */
    OldCampaign read() throws RefusedException {
        String oldId = fields.takeText("_id", "id").orElseThrow(() -> new RefusedException(null, null, "it has no _id"));
        campaign.id = newId(oldId);
        campaign.name = fields.takeText("name", "title").orElse(null);
        OldStatus status = status();
        if (campaign.name == null) {
            campaign.name = "Campaign " + oldId;
            notes.add("it had no name");
        }
        readZone();
        readContent();
        readSchedule();
        readPeople();
        List<String> ids = customerIds();
        List<OldRecipient> recipients = recipients();
        Map<Channel, Long> sent = sentCounts();
        long failed = fields.takeCount("performance.failed", "failedCount");
        OldCampaign read = new OldCampaign(campaign, status, ids, fields.takeInstant(zone, "lastExecuted", "lastExecutedAt", "lastRunAt")
                .orElse(null), sent, failed, recipients, findings, notes);
        fields.ignore("__v", "updatedAt", "agendaJobId", "nextRunAt", "nextExecution");
        if (!fields.left().isEmpty()) {
            notes.add("not taken over, because nobody here knows what it means: " + String.join(", ", fields.left()));
        }
        return read;
    }

    /** An ObjectId stays what it is; of anything else the beginning of its SHA-256. */
    static String newId(String oldId) {
        if (oldId.matches("[0-9a-f]{24}")) {
            return oldId;
        }
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(oldId.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(hash).substring(0, ID_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private OldStatus status() throws RefusedException {
        String name = fields.takeText("status").orElse("");
        return Arrays.stream(OldStatus.values()).filter(status -> status.wire().equals(name.toLowerCase(Locale.ROOT))).findFirst()
                .orElseThrow(() -> new RefusedException(campaign.id, campaign.name,
                        name.isEmpty() ? "it has no status" : "nobody here knows the status '%s'".formatted(name)));
    }

    private void readZone() {
        campaign.timeZone = fields.takeText("timeZone", "timezone", "schedule.timeZone", "schedule.timezone").orElse("UTC");
        if (ZoneId.getAvailableZoneIds().contains(campaign.timeZone)) {
            zone = ZoneId.of(campaign.timeZone);
        } else {
            findings.add(new FieldError("timeZone", "'%s' is no IANA time zone; UTC was put in its place".formatted(campaign.timeZone)));
            campaign.timeZone = "UTC";
        }
    }

    private void readContent() {
        campaign.description = fields.takeText("description").orElse(null);
        Optional<String> subject = fields.takeText("emailSubject", "subject", "email.subject", "content.emailSubject",
                "content.email.subject", "content.subject");
        Optional<String> body = fields.takeText("emailBody", "emailContent", "emailHtml", "email.html", "email.body", "email.content",
                "content.emailBody", "content.emailContent", "content.email", "content.email.html", "content.email.body");
        Optional<String> text = fields.takeText("emailText", "email.text", "content.email.text");
        Optional<String> fromName = fields.takeText("fromName", "email.fromName");
        if (subject.isPresent() || body.isPresent() || text.isPresent()) {
            boolean html = body.isPresent() && body.get().indexOf('<') >= 0;
            campaign.email = new EmailContent(subject.orElse(null), html ? body.get() : null, html
                    ? text.orElse(null)
                    : body.or(() -> text)
                            .orElse(null),
                    fromName.orElse(null));
        }
        campaign.sms = fields.takeText("smsMessage", "smsBody", "smsContent", "sms", "sms.body", "sms.message", "content.sms",
                "content.smsMessage", "content.smsBody", "content.sms.body", "content.sms.message").map(SmsContent::new).orElse(null);
        campaign.channels = channels();
        campaign.delivery = CampaignDocument.Settings.DEFAULT;
    }

    /** What is named; when nothing is, what there is content for. */
    private List<Channel> channels() {
        List<String> named = fields.takeList("channels", "channel").stream().flatMap(value -> OldFields.text(value).stream()).toList();
        List<Channel> channels = new ArrayList<>();
        if (named.isEmpty() ? campaign.email != null : mentions(named, "email", "both")) {
            channels.add(Channel.EMAIL);
        }
        if (named.isEmpty() ? campaign.sms != null : mentions(named, "sms", "both")) {
            channels.add(Channel.SMS);
        }
        return channels;
    }

    private static boolean mentions(List<String> named, String... words) {
        return named.stream().anyMatch(name -> Arrays.stream(words).anyMatch(name::equalsIgnoreCase));
    }

    private void readSchedule() {
        campaign.startDate = instant("startDate", "startDate", "scheduledAt", "schedule.startDate");
        campaign.endDate = instant("endDate", "endDate", "schedule.endDate");
        String type = fields.takeText("type", "campaignType").orElse("");
        Optional<String> frequency = fields.takeText("frequency", "schedule.frequency").map(text -> text.toLowerCase(Locale.ROOT))
                .filter(text -> !Set.of("once", "none", "one-time", "onetime").contains(text));
        campaign.type = CampaignType.BULK;
        if (frequency.isPresent() || type.equalsIgnoreCase("recurring")) {
            campaign.type = CampaignType.RECURRING;
            campaign.schedule = new CampaignDocument.Schedule(frequency.orElse(null), null);
            if (frequency.isEmpty() || !FREQUENCIES.contains(frequency.get())) {
                findings.add(new FieldError("frequency", frequency.map(text -> "'%s' is none of daily, weekly, monthly".formatted(text))
                        .orElse("is missing, and the campaign recurs")));
                campaign.schedule = new CampaignDocument.Schedule(null, null);
            }
        }
    }

    private Instant instant(String field, String... paths) {
        Optional<JsonNode> value = fields.take(paths);
        Optional<Instant> instant = value.flatMap(given -> OldFields.instant(given, zone));
        if (value.isPresent() && instant.isEmpty()) {
            findings.add(new FieldError(field, "cannot be read: " + value.get()));
        }
        return instant.orElse(null);
    }

    private void readPeople() {
        campaign.createdBy = fields.takeText("createdBy", "createdBy.username", "createdBy.email").orElse(null);
        campaign.createdAt = fields.takeInstant(zone, "createdAt").orElse(null);
        campaign.approvedBy = fields.takeText("approvedBy", "approvedBy.username", "approvedBy.email").orElse(null);
        campaign.approvedAt = fields.takeInstant(zone, "approvedAt").orElse(null);
        campaign.rejectedBy = fields.takeText("rejectedBy").orElse(null);
        campaign.rejectionReason = fields.takeText("rejectionReason").orElse(null);
    }

    private List<String> customerIds() {
        List<JsonNode> given = fields.takeList("targetedCustomerIds");
        List<String> ids = given.stream().flatMap(value -> customerId(value).stream()).distinct().toList();
        long blank = given.stream().filter(value -> customerId(value).isEmpty()).count();
        if (blank > 0) {
            notes.add("%d of its targetedCustomerIds are no ids".formatted(blank));
        }
        return ids;
    }

    static Optional<String> customerId(JsonNode value) {
        return OldFields.number(value).map(number -> (Object) number).or(() -> OldFields.text(value).map(text -> (Object) text))
                .flatMap(CustomerId::of).map(CustomerId::text);
    }

    private List<OldRecipient> recipients() {
        OldRecipientReader reader = new OldRecipientReader(zone);
        List<OldRecipient> recipients = new ArrayList<>();
        fields.takeList("recipients").forEach(value -> recipients.addAll(reader.read(value, null)));
        fields.takeList("sentEmails").forEach(value -> recipients.addAll(reader.read(value, Channel.EMAIL)));
        fields.takeList("sentPhones").forEach(value -> recipients.addAll(reader.read(value, Channel.SMS)));
        notes.addAll(reader.notes());
        return recipients;
    }

    /** A total that names no channel goes to the only one, or to e-mail. */
    private Map<Channel, Long> sentCounts() {
        Map<Channel, Long> sent = new EnumMap<>(Channel.class);
        sent.put(Channel.EMAIL, fields.takeCount("emailsSent", "performance.emailsSent", "performance.emailSent"));
        sent.put(Channel.SMS, fields.takeCount("smsSent", "performance.smsSent"));
        long more = fields.takeCount("performance.sent", "sentCount", "performance.totalSent") - sent.get(Channel.EMAIL)
                - sent.get(Channel.SMS);
        if (more > 0) {
            Channel channel = campaign.channels.equals(List.of(Channel.SMS)) ? Channel.SMS : Channel.EMAIL;
            sent.merge(channel, more, Long::sum);
        }
        return sent;
    }
}
