package org.campaignrecovery.model.delivery;

import java.time.Duration;

import org.campaignrecovery.model.delivery.DeliveryRules.Released;

/**
 * R4: the last decision before a claimed message is handed to a provider. It lets through only what was claimed and allowed a moment ago: a
 * process that was frozen after its claim releases instead of sending, long before its lease can be found dead.
 *
 * @param claimLimit the claim must have been issued less than this ago
 * @param controlLimit the control state must have been read less than this ago
 */
public record LastGate(Duration claimLimit, Duration controlLimit) {
    public static final LastGate DEFAULT = new LastGate(Duration.ofSeconds(5), Duration.ofSeconds(1));

    /** What to do with the message. */
    public sealed interface Decision {
    }

    /** Hand it to the provider, now. */
    public record Send() implements Decision {
    }

    /** R3: never handed to a provider. */
    public record Release(Released to, Cause cause) implements Decision {
    }

    /** Why a message was not let through; for metrics and logs. */
    public enum Cause {
        CLAIM_TOO_OLD,
        CONTROL_UNKNOWN,
        HELD,
        PAUSED,
        STOPPED,
        OUTSIDE_WINDOW,
        CANCELLED,
        ENDED
    }

    /**
     * Both durations by the process's monotonic clock; a negative one is a clock not to be trusted and lets nothing through.
     *
     * @param sinceClaimIssued since before the claim's update was issued
     * @param sinceControlRead since before the read of {@code control} was issued
     * @param control or null when it could not be read
     */
    public Decision decide(Duration sinceClaimIssued, Duration sinceControlRead, Control control) {
        if (control == Control.CANCELLED) {
            return new Release(Released.cancelled("the campaign was cancelled"), Cause.CANCELLED);
        }
        if (control == Control.ENDED) {
            return new Release(Released.cancelled("the campaign's end date has passed"), Cause.ENDED);
        }
        if (!fresh(sinceClaimIssued, claimLimit)) {
            return pendingAgain(Cause.CLAIM_TOO_OLD);
        }
        if (control == null || !fresh(sinceControlRead, controlLimit)) {
            return pendingAgain(Cause.CONTROL_UNKNOWN);
        }
        return switch (control) {
            case SENDING -> new Send();
            case HELD -> pendingAgain(Cause.HELD);
            case PAUSED -> pendingAgain(Cause.PAUSED);
            case STOPPED -> pendingAgain(Cause.STOPPED);
            case OUTSIDE_WINDOW -> pendingAgain(Cause.OUTSIDE_WINDOW);
            case CANCELLED, ENDED -> throw new IllegalStateException("decided above: " + control);
        };
    }

    private static boolean fresh(Duration age, Duration limit) {
        return !age.isNegative() && age.compareTo(limit) < 0;
    }

    private static Release pendingAgain(Cause cause) {
        return new Release(Released.PENDING_AGAIN, cause);
    }
}
