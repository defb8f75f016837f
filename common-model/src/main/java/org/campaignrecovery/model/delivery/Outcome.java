package org.campaignrecovery.model.delivery;

import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.RETRY_WAIT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

import org.campaignrecovery.model.guard.Change;

/** What became of one attempt at a provider, as far as it can be known. */
public sealed interface Outcome {
    String NO_WORDS = "anonymised";

    /** The state of a delivery that waits for this outcome. */
    DeliveryState state();

    /** What the delivery remembers of it. */
    List<Change> notes();

    /** The states over which this outcome still wins when its delivery no longer waits; empty when it then changes nothing. */
    Set<DeliveryState> winsLateOver();

    /** The state in which it then leaves the delivery. */
    DeliveryState lateState();

    /** What the delivery remembers of it then. */
    default List<Change> lateNotes() {
        return notes();
    }

    /** The same without words, which may quote an address: for a delivery that is anonymised. */
    default Outcome withoutWords() {
        return this;
    }

    /**
     * The provider has taken the message.
     *
     * @param providerId the provider's name for it, or null when it gives none
     */
    record Accepted(String providerId) implements Outcome {

        @Override
        public DeliveryState state() {
            return SENT;
        }

        @Override
        public List<Change> notes() {
            List<Change> notes = new ArrayList<>(List.of(remove("reason"), remove("notBefore")));
            if (providerId != null) {
                notes.add(assign("providerId", providerId));
            }
            return notes;
        }

        /** Late but true. */
        @Override
        public Set<DeliveryState> winsLateOver() {
            return EnumSet.of(IN_DOUBT, PENDING, RETRY_WAIT, CANCELLED);
        }

        @Override
        public DeliveryState lateState() {
            return SENT;
        }
    }

    /** The provider has refused it for good. */
    record Refused(String reason) implements Outcome {

        @Override
        public DeliveryState state() {
            return FAILED;
        }

        @Override
        public List<Change> notes() {
            return List.of(assign("reason", reason));
        }

        @Override
        public Set<DeliveryState> winsLateOver() {
            return EnumSet.of(IN_DOUBT);
        }

        @Override
        public DeliveryState lateState() {
            return FAILED;
        }

        @Override
        public Outcome withoutWords() {
            return new Refused(NO_WORDS);
        }
    }

    /**
     * Known not to be accepted; worth another try at {@code notBefore}, on the ledger's clock.
     *
     * @param firstAttemptAt from when the age of its attempts counts; null when nothing is to be remembered of it
     */
    record RefusedForNow(String reason, Instant notBefore, Instant firstAttemptAt) implements Outcome {

        public RefusedForNow(String reason, Instant notBefore) {
            this(reason, notBefore, null);
        }

        @Override
        public DeliveryState state() {
            return RETRY_WAIT;
        }

        @Override
        public List<Change> notes() {
            List<Change> notes = new ArrayList<>(List.of(assign("reason", reason), assign("notBefore", notBefore)));
            if (firstAttemptAt != null) {
                notes.add(assign("firstAttemptAt", firstAttemptAt));
            }
            return notes;
        }

        @Override
        public Set<DeliveryState> winsLateOver() {
            return EnumSet.of(IN_DOUBT);
        }

        /** Never {@code retry_wait}: its batch may be closed, and a waiting member would be stranded. */
        @Override
        public DeliveryState lateState() {
            return FAILED;
        }

        @Override
        public List<Change> lateNotes() {
            return List.of(assign("reason", reason));
        }

        @Override
        public Outcome withoutWords() {
            return new RefusedForNow(NO_WORDS, notBefore, firstAttemptAt);
        }
    }

    /** Nobody can know whether the provider has it. */
    record Ambiguous(String reason) implements Outcome {

        @Override
        public DeliveryState state() {
            return IN_DOUBT;
        }

        @Override
        public List<Change> notes() {
            return List.of(assign("reason", reason));
        }

        @Override
        public Set<DeliveryState> winsLateOver() {
            return EnumSet.noneOf(DeliveryState.class);
        }

        @Override
        public DeliveryState lateState() {
            return IN_DOUBT;
        }

        @Override
        public Outcome withoutWords() {
            return new Ambiguous(NO_WORDS);
        }
    }
}
