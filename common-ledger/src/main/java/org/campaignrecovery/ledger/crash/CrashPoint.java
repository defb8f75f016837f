package org.campaignrecovery.ledger.crash;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A place between two effects where a test may let this process die as by SIGKILL, once. Off unless {@link CrashSwitch} is set, and then
 * one comparison with a constant, which the compiler removes.
 */
public enum CrashPoint {
    /** A group is ready; nothing of it is claimed. */
    BEFORE_CLAIM,
    /** The claim is acknowledged; nothing was handed over. */
    AFTER_CLAIM,
    /** A provider has accepted a message; nobody has written that down. */
    AFTER_ACCEPTANCE,
    /** The outcomes of a group are written; its permit is still held. */
    AFTER_RECORD,

    /** The planning is leased; no page is read. */
    PLANNER_TAKEN,
    /** A page is frozen; it has no deliveries. */
    PAGE_FROZEN,
    /** A page's deliveries of a channel are there; they have no batch. */
    DELIVERIES_INSERTED,
    /** A batch is there; its page does not name it. */
    BATCH_INSERTED,
    /** A page is planned; nobody rang for its batches. */
    PAGE_PLANNED,
    /** Somebody rings for a page's batches; the next page is not read. */
    PAGE_RUNG,
    /** The end page is there; the run is still being planned. */
    END_PAGE_INSERTED,
    /** The run is planned; nobody has looked whether it is complete. */
    RUN_PLANNED,

    /** A campaign's status has changed; the audit does not know. */
    CAMPAIGN_CHANGED,
    /** A campaign is in processing; it has no run. */
    START_WON,
    /** A run is there; nobody rang for it. */
    RUN_INSERTED,
    /** Somebody rang for a run; it is not marked as published. */
    RUN_RUNG,
    /** A run is marked as published. */
    RUN_PUBLISHED,

    /** A batch that somebody had begun is leased again; nothing is stamped. */
    BATCH_RETAKEN,
    /** Its open members carry the new fence; what was being sent is not swept. */
    RELIEF_STAMPED,
    /** What was being sent is in doubt; an order is not carried out, what is due again not offered. */
    RELIEF_SWEPT,
    /** An order's members are pending; the batch still carries the order. */
    ORDER_REOPENED,
    /** The order is taken off its batch; nothing of it is sent. */
    ORDER_TAKEN_OFF,
    /** What is due again is pending; nothing is claimed. */
    RELIEF_REOFFERED,

    /** All members are closed; their batch is not. */
    BATCH_CLOSING,
    /** A batch is closed; nobody has looked whether its run is complete. */
    BATCH_CLOSED,
    /** A run's totals are added up; it is not completed. */
    RUN_TOTALLED,
    /** A run is completed; its campaign is still in processing. */
    RUN_COMPLETED,
    /** A campaign has left processing. */
    CAMPAIGN_LEFT;

    private static final CrashSwitch SWITCH = CrashSwitch.of(System.getenv()).orElse(null);

    /** This process is there; it ends here when the switch says so. */
    public void reach() {
        if (SWITCH != null) {
            SWITCH.reach(this);
        }
    }

    /** The name in settings and records, {@code before-claim}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    static Optional<CrashPoint> titled(String title) {
        return Arrays.stream(values()).filter(point -> point.title().equals(title)).findFirst();
    }

    static List<String> titles() {
        return Arrays.stream(values()).map(CrashPoint::title).toList();
    }
}
