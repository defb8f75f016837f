package org.campaignrecovery.model.campaign;

import static org.campaignrecovery.model.campaign.CampaignStatus.APPROVED;
import static org.campaignrecovery.model.campaign.CampaignStatus.CANCELLED;
import static org.campaignrecovery.model.campaign.CampaignStatus.MISSED;
import static org.campaignrecovery.model.campaign.CampaignStatus.PAUSED;
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
 * not seen. Fields: {@code _id, status, rev, nextRunAt, lastOccurrence, lastCoalesced, lastMissed, current, pausedFrom, archived, updatedAt}.
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

    /** Nothing more is sent; the campaign remembers where it goes back to. */
    public static GuardedUpdate pause(String id, CampaignStatus from, long seenRev, Instant now) {
        return change(id, from, seenRev, PAUSED, now).with(assign("pausedFrom", from));
    }

    /** A paused campaign goes back to where it was. */
    public static GuardedUpdate resume(String id, CampaignStatus pausedFrom, long seenRev, Instant now) {
        return change(id, PAUSED, seenRev, pausedFrom, now).and(equal("pausedFrom", pausedFrom)).with(remove("pausedFrom"));
    }

    /** Whatever is not sent will not be. */
    public static GuardedUpdate cancel(String id, CampaignStatus from, long seenRev, Instant now) {
        return change(id, from, seenRev, CANCELLED, now).with(List.of(remove("nextRunAt"), remove("pausedFrom")));
    }

    /**
     * A run begins because an operator says so.
     *
     * @param scheduledFor when it should have begun; the time of the order for a run of its own
     */
    public static GuardedUpdate runNow(String id, CampaignStatus from, long seenRev, RunId run, Instant scheduledFor, Instant now) {
        return change(id, from, seenRev, PROCESSING, now).with(current(run, scheduledFor));
    }

    /** Puts a campaign away, or back; says nothing about where it stands. */
    public static GuardedUpdate archive(String id, CampaignStatus seen, long seenRev, boolean archived, Instant now) {
        return where(equal("_id", id), equal("status", seen), equal("rev", seenRev)).then(assign("archived", archived),
                assign("updatedAt", now), add("rev", 1));
    }

    /**
     * {@link #start} of a recurring campaign.
     *
     * @param latest the occurrence that begins: the one of {@code seenNextRunAt}, or a later one that stands for it too
     */
    public static GuardedUpdate startLatest(String id, long seenRev, Instant seenNextRunAt, RunId run, Instant latest, Instant now) {
        return latest(id, seenRev, seenNextRunAt, PROCESSING, run, latest, now);
    }

    /** {@link #miss} of a recurring campaign that has no further occurrence; {@code latest} as for {@link #startLatest}. */
    public static GuardedUpdate missLatest(String id, long seenRev, Instant seenNextRunAt, RunId run, Instant latest, Instant now) {
        return latest(id, seenRev, seenNextRunAt, MISSED, run, latest, now);
    }

    /** A recurring campaign misses {@code latest} and waits for {@code next}: it does not stop, and a run that is missed is noted. */
    public static GuardedUpdate passOver(String id, long seenRev, Instant seenNextRunAt, RunId run, Instant latest, Instant next,
            Instant now) {
        return where(equal("_id", id), equal("status", SCHEDULED), equal("rev", seenRev), equal("nextRunAt", seenNextRunAt)).then(
                assign("nextRunAt", next), assign("lastOccurrence", latest), assign("lastMissed.runId", run.toString()),
                assign("lastMissed.scheduledFor", latest), assign("updatedAt", now), add("rev", 1));
    }

    /** What goes along with a change of {@code lastOccurrence}: whoever inserts its run knows how many others it stands for. */
    public static Change coalescing(int passedOver) {
        return passedOver == 0 ? remove("lastCoalesced") : assign("lastCoalesced", passedOver);
    }

    /** The run of the occurrence that was missed is in the ledger; about another one this loses. */
    public static GuardedUpdate missedNoted(String id, String runId) {
        return where(equal("_id", id), equal("lastMissed.runId", runId)).then(remove("lastMissed"));
    }

    /** The run has ended and the campaign waits for its next occurrence, which may be overdue already: runs do not overlap. */
    public static GuardedUpdate rearm(String id, String runId, long seenRev, Instant next, Instant now) {
        return leave(id, runId, SCHEDULED, seenRev, now).with(assign("nextRunAt", next));
    }

    /** A scheduled campaign that has lost its next occurrence gets it back. */
    public static GuardedUpdate heal(String id, long seenRev, Instant next, Instant now) {
        return where(equal("_id", id), equal("status", SCHEDULED), equal("rev", seenRev)).then(assign("nextRunAt", next),
                assign("updatedAt", now), add("rev", 1));
    }

    /**
     * The run has ended and the campaign leaves {@code processing}; loses when it is about another run by now, or was changed since it was
     * read. It is read before what the change says of its runs. Late evidence that changes them raises the revision ({@link #recounted}), so
     * that nobody leaves with results of before it. And whoever orders a failed run to be run now opens the run first and then changes the
     * campaign: somebody who had found it failed before that, and wakes after it, must not stop it again.
     */
    public static GuardedUpdate leave(String id, String runId, CampaignStatus to, long seenRev, Instant now) {
        requireLegal(PROCESSING, to);
        return where(equal("_id", id), equal("status", PROCESSING), equal("current.runId", runId), equal("rev", seenRev))
                .then(into(to, now));
    }

    /** The results of a campaign that was cancelled, once its run has ended; read and guarded as for {@link #leave}. */
    public static GuardedUpdate cancelledWith(String id, long seenRev, Instant now) {
        return where(equal("_id", id), equal("status", CANCELLED), equal("rev", seenRev)).then(assign("updatedAt", now), add("rev", 1));
    }

    /**
     * New results of a campaign that late evidence has changed, or, while it has none, only that its runs have changed; loses when it was
     * changed since it was read.
     */
    public static GuardedUpdate recounted(String id, long seenRev) {
        return where(equal("_id", id), equal("rev", seenRev)).then(add("rev", 1));
    }

    private static GuardedUpdate occurrence(String id, long seenRev, Instant seenNextRunAt, CampaignStatus to, RunId run, Instant now) {
        return begun(id, seenRev, seenNextRunAt, to, run, seenNextRunAt, now);
    }

    private static GuardedUpdate latest(String id, long seenRev, Instant seenNextRunAt, CampaignStatus to, RunId run, Instant latest,
            Instant now) {
        if (latest.isBefore(seenNextRunAt)) {
            throw new IllegalArgumentException("%s is before %s, which was due".formatted(latest, seenNextRunAt));
        }
        return begun(id, seenRev, seenNextRunAt, to, run, latest, now).with(assign("lastOccurrence", latest));
    }

    private static GuardedUpdate begun(String id, long seenRev, Instant seenNextRunAt, CampaignStatus to, RunId run, Instant scheduledFor,
            Instant now) {
        return change(id, SCHEDULED, seenRev, to, now).and(equal("nextRunAt", seenNextRunAt)).with(current(run, scheduledFor));
    }

    private static List<Change> current(RunId run, Instant scheduledFor) {
        return List.of(assign("current.runId", run.toString()), assign("current.scheduledFor", scheduledFor), remove("nextRunAt"));
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
