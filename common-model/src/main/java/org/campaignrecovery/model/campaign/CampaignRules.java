package org.campaignrecovery.model.campaign;

import static org.campaignrecovery.model.campaign.CampaignStatus.APPROVED;
import static org.campaignrecovery.model.campaign.CampaignStatus.MISSED;
import static org.campaignrecovery.model.campaign.CampaignStatus.PROCESSING;
import static org.campaignrecovery.model.campaign.CampaignStatus.SCHEDULED;
import static org.campaignrecovery.model.guard.Change.add;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunId;

/**
 * The guarded updates of campaigns. Whoever decided on an older revision loses, so that a decision never acts on something that it has
 * not seen. Fields: {@code _id, status, rev, nextRunAt, current, updatedAt}.
 */
public final class CampaignRules {

    private CampaignRules() {
    }

    /**
     * A change along {@link CampaignStatus#successors()}, of exactly the revision that was read.
     *
     * @throws IllegalArgumentException if {@code to} may not follow {@code from}
     */
    public static GuardedUpdate change(String id, CampaignStatus from, long seenRev, CampaignStatus to, Instant now) {
        requireLegal(from, to);
        return where(equal("_id", id), equal("status", from), equal("rev", seenRev)).then(into(to, now));
    }

    /** An approved campaign gets its start time. */
    public static GuardedUpdate arm(String id, long seenRev, Instant nextRunAt, Instant now) {
        return change(id, APPROVED, seenRev, SCHEDULED, now).with(assign("nextRunAt", nextRunAt));
    }

    /**
     * The occurrence of {@code seenNextRunAt} begins, for whoever comes first. A replica that was frozen over the start and wakes when
     * the next occurrence is armed loses, because it has seen another time.
     */
    public static GuardedUpdate start(String id, long seenRev, Instant seenNextRunAt, RunId run, Instant now) {
        return occurrence(id, seenRev, seenNextRunAt, PROCESSING, run, now);
    }

    /** The occurrence is too late to be caught up with. */
    public static GuardedUpdate miss(String id, long seenRev, Instant seenNextRunAt, RunId run, Instant now) {
        return occurrence(id, seenRev, seenNextRunAt, MISSED, run, now);
    }

    /** The run has ended and the campaign leaves {@code processing}; loses when it is about another run by now. */
    public static GuardedUpdate leave(String id, String runId, CampaignStatus to, Instant now) {
        requireLegal(PROCESSING, to);
        return where(equal("_id", id), equal("status", PROCESSING), equal("current.runId", runId)).then(into(to, now));
    }

    /** New results of a campaign that late evidence has changed; loses when it was changed since it was read. */
    public static GuardedUpdate recounted(String id, long seenRev) {
        return where(equal("_id", id), equal("rev", seenRev)).then(add("rev", 1));
    }

    private static GuardedUpdate occurrence(String id, long seenRev, Instant seenNextRunAt, CampaignStatus to, RunId run, Instant now) {
        return change(id, SCHEDULED, seenRev, to, now).and(equal("nextRunAt", seenNextRunAt)).with(List.of(
                assign("current.runId", run.toString()), assign("current.scheduledFor", seenNextRunAt), remove("nextRunAt")));
    }

    private static Change[] into(CampaignStatus to, Instant now) {
        return new Change[]{assign("status", to), assign("updatedAt", now), add("rev", 1)};
    }

    private static void requireLegal(CampaignStatus from, CampaignStatus to) {
        if (!from.canBecome(to)) {
            throw new IllegalArgumentException("a campaign that is %s cannot become %s".formatted(from.wire(), to.wire()));
        }
    }
}
