package org.campaignrecovery.ledger.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.Optional;
import java.util.stream.Stream;

import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.schedule.Frequency;
import org.campaignrecovery.model.schedule.Occurrences;
import org.campaignrecovery.model.schedule.RecurrenceRule;

/** When a campaign runs, by what its document says. */
public final class CampaignOccurrences {

    private CampaignOccurrences() {
    }

    /**
     * All of them; a bulk campaign has one, its start.
     *
     * @throws org.campaignrecovery.model.schedule.RecurrenceException if its rule cannot be read
     */
    public static Occurrences of(CampaignDocument campaign) {
        return of(campaign.schedule, campaign.startDate, campaign.endDate, ZoneId.of(campaign.timeZone));
    }

    /** @param schedule null for a bulk campaign */
    public static Occurrences of(CampaignDocument.Schedule schedule, Instant start, Instant end, ZoneId zone) {
        if (schedule == null) {
            return Occurrences.once(start, zone);
        }
        return schedule.recurrenceRule() != null
                ? Occurrences.of(RecurrenceRule.parse(schedule.recurrenceRule()), start, end, zone)
                : Occurrences.of(frequency(schedule.frequency()), start, end, zone);
    }

    /**
     * The first one that has neither begun nor been missed, which may be in the past: it was waiting, because runs of one campaign do not
     * overlap, or nobody was there. Empty when there is none left.
     */
    public static Optional<Instant> unhandled(CampaignDocument campaign) {
        if (campaign.type != CampaignType.RECURRING) {
            return Optional.of(campaign.startDate);
        }
        Occurrences all = of(campaign);
        return campaign.lastOccurrence == null ? all.first() : all.next(campaign.lastOccurrence);
    }

    private static Frequency frequency(String name) {
        return Stream.of(Frequency.values()).filter(frequency -> frequency.wire().equals(name)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no frequency: " + name));
    }
}
