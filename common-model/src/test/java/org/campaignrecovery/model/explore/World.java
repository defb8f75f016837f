package org.campaignrecovery.model.explore;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Member;
import org.campaignrecovery.model.explore.Documents.Fields;
import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * A ledger with one batch and its deliveries, what the provider has really accepted, two processes, and the updates whose callers gave up.
 *
 * @param batch the batch's document
 * @param deliveries their documents, in order
 * @param accepted how many copies of each the provider has taken
 * @param late updates of one delivery that may still land
 */
record World(Fields batch, List<Fields> deliveries, List<Integer> accepted, List<Process> processes,
        Set<Late> late,
        Budget budget, boolean cancelled) {

    /**
     * How often what goes wrong may still go wrong.
     *
     * @param deposals of living owners
     * @param refusals by the provider or the last gate
     * @param losses of answers
     * @param cancellations of the campaign
     */
    record Budget(int deposals, int refusals, int losses, int cancellations) {
    }

    /** An update of one delivery whose caller has stopped waiting. */
    record Late(int delivery, GuardedUpdate update) {
    }

    /** Where a process is in the work on the batch. */
    enum At {
        IDLE,
        DEAD,
        STAMP,
        SWEEP,
        REOFFER,
        WORK,
        CANCEL,
        CLAIM,
        READ_BACK,
        SEND,
        RELEASE,
        READ,
        DECIDE
    }

    /** What has become of a message that was claimed. */
    enum Kind {
        HELD,
        ACCEPTED,
        NO_ANSWER,
        REFUSED_FOR_NOW,
        REFUSED,
        NOT_HANDED_OVER
    }

    /** How far the writing of it has come; the later stages are of an outcome that its delivery no longer waits for. */
    enum Stage {
        TO_RECORD,
        TO_MARK,
        TO_WRITE,
        TO_MARK_AGAIN
    }

    /** A message between its claim and the acknowledgement of its outcome. */
    record Message(Kind kind, Stage stage) {
        static final Message HELD = new Message(Kind.HELD, Stage.TO_RECORD);
    }

    /**
     * A process that works on the batch, or could.
     *
     * @param epoch of the lease that it believes to hold
     * @param i the delivery that its loop has come to
     * @param seq of its next claim token
     * @param modified by the claim under way
     * @param messages under way, by delivery
     * @param seen members in the closing read
     */
    record Process(At at, long epoch, int i, long seq, int modified, Map<Integer, Message> messages, List<Member> seen) {
        static final Process IDLE = new Process(At.IDLE, 0, 0, 1, 0, Map.of(), List.of());

        Process to(At next) {
            return new Process(next, epoch, 0, seq, modified, messages, seen);
        }

        Process over(int n, At then) {
            return i + 1 < n ? new Process(at, epoch, i + 1, seq, modified, messages, seen) : to(then);
        }

        Process leased(long newEpoch, At first) {
            return new Process(first, newEpoch, 0, seq, 0, Map.of(), List.of());
        }

        Process idle() {
            return new Process(At.IDLE, 0, 0, seq, 0, Map.of(), List.of());
        }

        Process claiming() {
            return new Process(At.CLAIM, epoch, 0, seq, 0, Map.of(), List.of());
        }

        Process won() {
            return new Process(at, epoch, i, seq, modified + 1, messages, seen);
        }

        Process nextToken() {
            return new Process(at, epoch, i, seq + 1, 0, messages, seen);
        }

        Process with(int delivery, Message message) {
            Map<Integer, Message> more = new HashMap<>(messages);
            more.put(delivery, message);
            return new Process(at, epoch, i, seq, modified, Map.copyOf(more), seen);
        }

        Process without(int delivery) {
            Map<Integer, Message> less = new HashMap<>(messages);
            less.remove(delivery);
            return new Process(at, epoch, i, seq, modified, Map.copyOf(less), seen);
        }

        Process reading() {
            return new Process(At.READ, epoch, 0, seq, 0, messages, List.of());
        }

        Process sees(Member member) {
            List<Member> more = new ArrayList<>(seen);
            more.add(member);
            return new Process(at, epoch, i, seq, modified, messages, List.copyOf(more));
        }
    }

    DeliveryState state(int delivery) {
        return DeliveryState.valueOf(((String) deliveries.get(delivery).get("state")).toUpperCase(Locale.ROOT));
    }

    World with(int process, Process next) {
        List<Process> more = new ArrayList<>(processes);
        more.set(process, next);
        return new World(batch, deliveries, accepted, List.copyOf(more), late, budget, cancelled);
    }

    /** The batch after the update, or null when its guard does not hold. */
    World onBatch(GuardedUpdate update) {
        Fields document = batch.after(update);
        return document == null ? null : new World(document, deliveries, accepted, processes, late, budget, cancelled);
    }

    /** One delivery after the update, or null when its guard does not hold. */
    World onDelivery(int delivery, GuardedUpdate update) {
        Fields document = deliveries.get(delivery).after(update);
        if (document == null) {
            return null;
        }
        List<Fields> more = new ArrayList<>(deliveries);
        more.set(delivery, document);
        return new World(batch, List.copyOf(more), accepted, processes, late, budget, cancelled);
    }

    World accepts(int delivery) {
        List<Integer> more = new ArrayList<>(accepted);
        more.set(delivery, more.get(delivery) + 1);
        return new World(batch, deliveries, List.copyOf(more), processes, late, budget, cancelled);
    }

    World with(Budget less) {
        return new World(batch, deliveries, accepted, processes, late, less, cancelled);
    }

    World cancelledNow() {
        return new World(batch, deliveries, accepted, processes, late, budget, true);
    }

    World leaving(Set<Late> more) {
        Set<Late> all = new HashSet<>(late);
        all.addAll(more);
        return new World(batch, deliveries, accepted, processes, Set.copyOf(all), budget, cancelled);
    }

    World without(Late landed) {
        Set<Late> less = new HashSet<>(late);
        less.remove(landed);
        return new World(batch, deliveries, accepted, processes, Set.copyOf(less), budget, cancelled);
    }
}
