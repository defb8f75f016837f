package org.campaignrecovery.ledger.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.model.audience.CustomerFilter;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.schedule.SendWindow;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * A campaign as the ledger keeps it: content, audience, schedule and where it stands. {@code rev} rises with every change. Written by the
 * api-service; a worker only moves it on when its run has ended.
 */
@MongoEntity(collection = CampaignDocument.COLLECTION)
public class CampaignDocument {
    public static final String COLLECTION = "campaigns";

    @BsonId
    public String id;
    public long rev;
    public CampaignStatus status;
    public String name;
    public String description;
    public CampaignType type;
    public List<Channel> channels;
    public EmailContent email;
    public SmsContent sms;
    public Audience audience;
    /** When a recurring campaign runs; null for a bulk one. */
    public Schedule schedule;
    public Instant startDate;
    public Instant endDate;
    public String timeZone;
    public Settings delivery;
    public Instant nextRunAt;
    /** Of a recurring campaign: the latest occurrence that has begun or was missed; null before the first. */
    public Instant lastOccurrence;
    /** How many earlier occurrences {@code lastOccurrence} stands for; null for none. */
    public Integer lastCoalesced;
    /** The latest occurrence that was missed, kept here until its run is known to be in the ledger. */
    public Current lastMissed;
    /** Where a paused campaign goes back to. */
    public CampaignStatus pausedFrom;
    /** Put away by its users; says nothing about where it stands. */
    public boolean archived;
    public Current current;
    public Performance performance;
    public String createdBy;
    /** Everybody who has written at the content; none of them may approve it. */
    public List<String> authors;
    public Instant createdAt;
    public String approvedBy;
    public Instant approvedAt;
    /** {@link ContentHash} of what was approved. Nothing else may be sent. */
    public String approvedHash;
    public String rejectedBy;
    public String rejectionReason;
    public Instant updatedAt;
    /** The latest change of status, kept here until the audit is known to have it. */
    public AuditDocument lastChange;

    /**
     * Who is to be reached: every customer, those whom a filter accepts when a run is planned, or the ids of a segment.
     *
     * @param segment id of the stored list of customer ids, or null
     * @param size number of ids in it
     * @param filter or null
     */
    public record Audience(boolean allCustomers, String segment, long size, CustomerFilter filter) {
        /** Until somebody says whom. */
        public static final Audience NOBODY = new Audience(false, null, 0, null);
        public static final Audience EVERYBODY = new Audience(true, null, 0, null);

        public static Audience segment(String segment, long size) {
            return new Audience(false, segment, size, null);
        }

        public static Audience filtered(CustomerFilter filter) {
            return new Audience(false, null, 0, filter);
        }

        /** A list of ids, even when nobody is on it. */
        public boolean isSegment() {
            return !allCustomers && filter == null;
        }
    }

    /**
     * How to send.
     *
     * @param ratePerSecond messages per second on each channel, over all workers; null for no limit of the campaign's own
     * @param catchUpWindow how late a start may be, ISO-8601 duration; later it is missed
     * @param sendWindow the times of day outside of which sending waits, in the campaign's zone; null for any time
     */
    public record Settings(OnDoubt onDoubt, Integer ratePerSecond, String catchUpWindow, Window sendWindow) {
        public static final Settings DEFAULT = new Settings(OnDoubt.HOLD, null, "PT6H", null);

        public Duration window() {
            return Duration.parse(catchUpWindow);
        }

        /** When messages may go out, in this zone; empty for always. */
        public Optional<SendWindow> sendWindowIn(String timeZone) {
            return Optional.ofNullable(sendWindow).map(
                    window -> new SendWindow(LocalTime.parse(window.from), LocalTime.parse(window.to), ZoneId.of(timeZone)));
        }
    }

    /** Times of day, {@code HH:mm}: {@code from} included, {@code to} not. */
    public record Window(String from, String to) {
    }

    /**
     * When a recurring campaign runs, beginning with its start date.
     *
     * @param frequency daily, weekly or monthly, or null
     * @param recurrenceRule of RFC 5545, or null
     */
    public record Schedule(String frequency, String recurrenceRule) {
    }

    /** The run that is under way, or was the last. */
    public record Current(String runId, Instant scheduledFor) {
    }

    /** The campaign's results, over its runs. */
    public record Performance(long runs, long planned, long sent, long failed, long inDoubt, Instant firstSentAt, Instant lastSentAt) {
    }
}
