package org.campaignrecovery.ledger.run;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.run.RunState;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * One occurrence of a campaign. Content, audience and settings are frozen here when the run is inserted, so that what is sent does not
 * depend on later changes. Inserted by the api-service, carried on by the workers.
 */
@MongoEntity(collection = RunDocument.COLLECTION)
public class RunDocument {
    public static final String COLLECTION = "runs";

    /** {@link org.campaignrecovery.model.run.RunId} as text. */
    @BsonId
    public String id;
    public String campaignId;
    public String campaignName;
    public CampaignType type;
    public RunState state;
    public Instant scheduledFor;
    public Instant startedAt;
    /** When the last page was planned. */
    public Instant plannedAt;
    public Instant finishedAt;
    /** Seconds between the due time and the start when everything was down, null when it started on time. */
    public Long overdueBySeconds;
    /** How many earlier occurrences, passed over while everything was down, this run stands for; null for none. */
    public Integer coalesced;
    public Frozen frozen;
    public Planner planner;
    /** Rises with each order of an operator. */
    public int round;
    /** Whether the order of this round has reached every batch concerned. */
    public boolean placed;
    /** The latest order of an operator, or null. */
    public Order order;
    /** Whether {@code campaign-due} was acknowledged by Kafka. */
    public boolean published;
    /** Why the run failed. */
    public String reason;
    /** The totals by channel, taken when the run ended; while it is under way the batches tell. */
    public Map<String, Map<String, Long>> totals;
    /** Skipped customers by channel, taken when the run ended. */
    public Map<String, Skips> skipped;
    /** When the first and the last message were accepted, taken when the run ended; null when none was. */
    public Instant firstSentAt;
    public Instant lastSentAt;
    public long rev;
    /** From when it loses its personal data: nothing of it can be sent again. Null before. */
    public Instant anonymised;
    /** True when nothing personal is left of it; else null. */
    public Boolean allAnonymised;

    /**
     * What the run needs to know of its campaign.
     *
     * @param defaultRegion region of phone numbers without a country code; two workers must derive one id for one address
     * @param normaliserVersion version of the address rules in force when the run began
     */
    public record Frozen(List<Channel> channels, EmailContent email, SmsContent sms, CampaignDocument.Audience audience,
            CampaignDocument.Settings delivery, Instant endDate, String timeZone, String defaultRegion, int normaliserVersion) {
    }

    /**
     * What an operator wants done: messages back to pending.
     *
     * @param from those in these states
     * @param deliveries only these, or null for all
     */
    public record Order(List<DeliveryState> from, List<String> deliveries, String who, Instant at, String why) {
    }

    /** The planner's lease: owner (a bootId) or null, epoch, heartbeat. */
    public record Planner(String owner, long epoch, long hb) {
        public static final Planner NONE = new Planner(null, 0, 0);
    }
}
