package org.campaignrecovery.model.explore;

import static java.util.function.Predicate.not;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.delivery.ClaimResult;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.CloseDecision;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Member;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.explore.Documents.Fields;
import org.campaignrecovery.model.explore.Explorer.Step;
import org.campaignrecovery.model.explore.Explorer.Steps;
import org.campaignrecovery.model.explore.World.At;
import org.campaignrecovery.model.explore.World.Budget;
import org.campaignrecovery.model.explore.World.Kind;
import org.campaignrecovery.model.explore.World.Late;
import org.campaignrecovery.model.explore.World.Message;
import org.campaignrecovery.model.explore.World.Process;
import org.campaignrecovery.model.explore.World.Stage;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.Condition;
import org.campaignrecovery.model.guard.GuardedUpdate;

/**
 * The work on one batch by two processes, step by step, with the product's own rules: leases, stamping, sweeping, claims, outcomes,
 * releases, closing, cancelling, recounting. Every step is one guarded write or one read of one document; an update of several documents
 * is a sequence of them whose answer may be lost and whose rest may land late or never. Between any two steps the other process may do
 * anything, a living owner may be deposed, and process 0 may die.
 */
final class BatchProtocol {
    private static final String BATCH = "run:0:email";
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final int n;
    private final Set<Rule> without;
    private final List<String> ids;

    BatchProtocol(int deliveries, Set<Rule> without) {
        this.n = deliveries;
        this.without = without;
        this.ids = IntStream.range(0, deliveries).mapToObj(i -> "d" + i).toList();
    }

    World start(Budget budget) {
        Map<String, Object> batch = Map.of("_id", BATCH, "state", "ready", "epoch", 0L, "hb", 0L, "dirty", 0L, "announced", 0L, "counts",
                Counts.of(DeliveryState.PENDING, n).toWire());
        List<Fields> deliveries = ids.stream()
                .map(id -> new Fields(Map.of("_id", id, "batch", BATCH, "state", "pending", "fence", 1L, "attempt", 0L))).toList();
        return new World(new Fields(batch), deliveries, IntStream.range(0, n).mapToObj(i -> 0).toList(),
                List.of(Process.IDLE, Process.IDLE), Set.of(),
                budget, false);
    }

    List<Step<World>> next(World world) {
        Steps<World> steps = new Steps<>();
        land(world, steps);
        recount(world, steps);
        if (world.budget().cancellations() > 0) {
            Budget b = world.budget();
            steps.accept("the campaign is cancelled",
                    world.cancelledNow().with(new Budget(b.deposals(), b.refusals(), b.losses(), b.cancellations() - 1)));
        }
        for (int w = 0; w < world.processes().size(); w++) {
            act(world, w, steps);
        }
        return steps.list();
    }

    Optional<String> violation(World world) {
        for (int i = 0; i < n; i++) {
            DeliveryState state = world.state(i);
            int accepted = world.accepted().get(i);
            if (accepted > 1) {
                return Optional.of("P1: delivery %d was accepted %d times".formatted(i, accepted));
            }
            if (accepted > 0 && EnumSet.of(DeliveryState.PENDING, DeliveryState.RETRY_WAIT, DeliveryState.FAILED, DeliveryState.CANCELLED)
                    .contains(state)) {
                return Optional.of("P2: delivery %d is %s and was accepted".formatted(i, state.wire()));
            }
            if (accepted == 0 && state == DeliveryState.SENT) {
                return Optional.of("P2: delivery %d is sent and was not accepted".formatted(i));
            }
            if (done(world) && !closed(state)) {
                return Optional.of("P2: delivery %d is %s in a closed batch".formatted(i, state.wire()));
            }
        }
        return Optional.empty();
    }

    /** Everything is closed, and the batch's counts are what a recount would find. */
    boolean atRest(World world) {
        return done(world) && IntStream.range(0, n).mapToObj(world::state).allMatch(BatchProtocol::closed)
                && number(world.batch(), "dirty") == 0 && counts(world).toWire().equals(world.batch().get("counts"));
    }

    private static boolean done(World world) {
        return world.batch().get("state").equals("done");
    }

    private static boolean closed(DeliveryState state) {
        return EnumSet.of(DeliveryState.SENT, DeliveryState.FAILED, DeliveryState.IN_DOUBT, DeliveryState.CANCELLED).contains(state);
    }

    private Counts counts(World world) {
        return Counts.ofStates(IntStream.range(0, n).mapToObj(world::state).toList());
    }

    /** An update whose caller gave up reaches one more document, or never does. */
    private static void land(World world, Steps<World> steps) {
        for (Late late : world.late()) {
            World landed = world.onDelivery(late.delivery(), late.update());
            if (landed != null) {
                steps.accept("a late update lands on " + late.delivery(), landed.without(late));
            }
            steps.accept("a late update of " + late.delivery() + " never lands", world.without(late));
        }
    }

    private void recount(World world, Steps<World> steps) {
        long dirty = number(world.batch(), "dirty");
        BatchState state = state(world);
        boolean announced = number(world.batch(), "announced") > 0 && !without.contains(Rule.LOOK_AT_ANNOUNCED)
                && !counts(world).toWire().equals(world.batch().get("counts"));
        if ((dirty > 0 || announced) && state != BatchState.LEASED) {
            World counted = world.onBatch(
                    BatchRules.recounted(BATCH, state, number(world.batch(), "epoch"), number(world.batch(), "hb"), dirty, counts(world)))
                    .onBatch(BatchRules.counted(BATCH, number(world.batch(), "hb"), dirty));
            steps.accept("the batch is counted again", counted);
        }
    }

    private void act(World world, int w, Steps<World> steps) {
        Process process = world.processes().get(w);
        if (process.at() == At.DEAD) {
            return;
        }
        if (w == 0 && process.at() != At.IDLE) {
            steps.accept("0 dies", world.with(w, Process.IDLE.to(At.DEAD)));
        }
        if (EnumSet.of(At.WORK, At.READ, At.DECIDE).contains(process.at()) && process.epoch() != number(world.batch(), "epoch")) {
            steps.accept(w + " learns by its heartbeat that it is deposed", world.with(w, process.idle()));
        }
        switch (process.at()) {
            case IDLE -> take(world, w, process, steps);
            case STAMP -> each(world, w, DeliveryRules.stamp(BATCH, ids, process.epoch()),
                    without.contains(Rule.STAMP_BEFORE_SWEEP) ? At.REOFFER : At.SWEEP, steps);
            case SWEEP -> each(world, w, sweep(process.epoch()), without.contains(Rule.STAMP_BEFORE_SWEEP) ? At.STAMP : At.REOFFER, steps);
            case REOFFER -> each(world, w, reoffer(process.epoch()), At.WORK, steps);
            case WORK -> steps.accept(w + (world.cancelled() ? " cancels" : " begins a claim"),
                    world.with(w, world.cancelled() ? process.to(At.CANCEL) : process.claiming()));
            case CANCEL -> each(world, w, cancel(process.epoch()), At.READ, steps);
            case CLAIM -> claim(world, w, process, steps);
            case READ_BACK -> readBack(world, w, process, steps);
            case SEND -> send(world, w, process, steps);
            case RELEASE -> each(world, w, DeliveryRules.release(ids, token(w, process), Released.PENDING_AGAIN, NOW), At.READ, steps);
            case READ -> read(world, w, process, steps);
            case DECIDE -> decide(world, w, process, steps);
            case DEAD -> throw new IllegalStateException("nothing is done by the dead");
        }
    }

    private void take(World world, int w, Process process, Steps<World> steps) {
        BatchState state = state(world);
        long epoch = number(world.batch(), "epoch");
        World taken = world.onBatch(BatchRules.take(BATCH, state, epoch, number(world.batch(), "hb"), boot(w), NOW));
        At first = epoch == 0 ? At.WORK : without.contains(Rule.STAMP) || without.contains(Rule.STAMP_BEFORE_SWEEP) ? At.SWEEP : At.STAMP;
        if (state == BatchState.READY) {
            steps.accept("%d leases, epoch %d".formatted(w, epoch + 1), taken.with(w, process.leased(epoch + 1, first)));
        } else if (state == BatchState.LEASED && !boot(w).equals(world.batch().get("owner"))) {
            Budget b = world.budget();
            if (world.processes().get(1 - w).at() == At.DEAD) {
                steps.accept("%d takes over from the dead, epoch %d".formatted(w, epoch + 1),
                        taken.with(w, process.leased(epoch + 1, first)));
            } else if (b.deposals() > 0) {
                steps.accept("%d deposes the living, epoch %d".formatted(w, epoch + 1), taken.with(w, process.leased(epoch + 1, first))
                        .with(new Budget(b.deposals() - 1, b.refusals(), b.losses(), b.cancellations())));
            }
        }
    }

    /** One document of an update of all of them. */
    private void each(World world, int w, GuardedUpdate update, At then, Steps<World> steps) {
        Process process = world.processes().get(w);
        World changed = world.onDelivery(process.i(), update);
        Process next = process.over(n, then);
        next = next.at() == At.READ ? next.reading() : next;
        steps.accept("%d %s %d%s".formatted(w, process.at().name().toLowerCase(Locale.ROOT), process.i(),
                changed == null ? ": not" : ""), (changed == null ? world : changed).with(w, next));
    }

    private GuardedUpdate sweep(long epoch) {
        GuardedUpdate sweep = DeliveryRules.sweep(BATCH, ids, epoch, NOW);
        if (without.contains(Rule.STAMP) || without.contains(Rule.STAMP_BEFORE_SWEEP)) {
            sweep = unguarded(sweep, "fence");
        }
        return without.contains(Rule.SWEEP_INTO_DOUBT) ? changing(sweep, "state", DeliveryState.PENDING) : sweep;
    }

    private GuardedUpdate reoffer(long epoch) {
        GuardedUpdate reoffer = DeliveryRules.reoffer(BATCH, ids, epoch, NOW);
        return without.contains(Rule.STAMP) ? unguarded(reoffer, "fence") : reoffer;
    }

    private GuardedUpdate cancel(long epoch) {
        GuardedUpdate cancel = DeliveryRules.cancel(BATCH, ids, epoch, "cancelled", NOW);
        return without.contains(Rule.CANCEL_ONLY_WHAT_WAITS) ? unguarded(cancel, "state") : cancel;
    }

    private void claim(World world, int w, Process process, Steps<World> steps) {
        ClaimToken token = token(w, process);
        GuardedUpdate claim = DeliveryRules.claim(BATCH, ids, process.epoch(), token, NOW);
        if (without.contains(Rule.CLAIM_NAMES_THE_FENCE) || without.contains(Rule.STAMP)) {
            claim = unguarded(claim, "fence");
        }
        World claimed = world.onDelivery(process.i(), claim);
        Process next = claimed == null ? process : process.won();
        boolean last = process.i() + 1 == n;
        World after = claimed == null ? world : claimed;
        if (!last) {
            steps.accept("%d claims %d%s".formatted(w, process.i(), claimed == null ? ": not" : ""), after.with(w, next.over(n, At.CLAIM)));
        } else if (ClaimResult.of(n, next.modified()) == ClaimResult.ALL_MINE) {
            steps.accept("%d claims %d, all are its".formatted(w, process.i()), after.with(w, holding(next)));
        } else {
            steps.accept("%d claims %d%s, some are its".formatted(w, process.i(), claimed == null ? ": not" : ""), after.with(w,
                    next.to(At.READ_BACK)));
        }
        lose(world, w, process, claim, steps);
    }

    /** The answer of the claim is lost; what is left of it may land later. */
    private void lose(World world, int w, Process process, GuardedUpdate claim, Steps<World> steps) {
        Budget b = world.budget();
        if (b.losses() == 0) {
            return;
        }
        Set<Late> late = new HashSet<>();
        IntStream.range(process.i(), n).forEach(i -> late.add(new Late(i, claim)));
        Process next = without.contains(Rule.A_LOST_CLAIM_IS_NO_CLAIM) ? holding(process) : process.to(At.RELEASE);
        steps.accept("%d loses the answer of its claim".formatted(w), world.leaving(late).with(w, next)
                .with(new Budget(b.deposals(), b.refusals(), b.losses() - 1, b.cancellations())));
    }

    private Process holding(Process process) {
        Process next = process;
        for (int i = 0; i < n; i++) {
            next = next.with(i, Message.HELD);
        }
        return next.to(At.SEND);
    }

    private void readBack(World world, int w, Process process, Steps<World> steps) {
        Map<String, Object> document = world.deliveries().get(process.i());
        boolean mine = token(w, process).toString().equals(document.get("claim")) && world.state(process.i()) == DeliveryState.SENDING;
        Process next = mine ? process.with(process.i(), Message.HELD) : process;
        steps.accept("%d reads %d back: %s".formatted(w, process.i(), mine ? "its" : "not its"), world.with(w, next.over(n, At.SEND)));
    }

    /** Gate, provider and record, of the messages in any order. */
    private void send(World world, int w, Process process, Steps<World> steps) {
        if (process.messages().isEmpty()) {
            Process next = process.modified() > 0 ? process.nextToken() : process;
            steps.accept("%d has recorded all".formatted(w), world.with(w, next.reading()));
            return;
        }
        process.messages().forEach((i, message) -> {
            switch (message.stage()) {
                case TO_RECORD -> {
                    if (message.kind() == Kind.HELD) {
                        handOver(world, w, i, steps);
                    } else {
                        record(world, w, i, message, steps);
                    }
                }
                case TO_MARK -> mark(world, w, i, new Message(message.kind(), Stage.TO_WRITE), steps);
                case TO_WRITE -> writeLate(world, w, i, message, steps);
                case TO_MARK_AGAIN -> mark(world, w, i, null, steps);
            }
        });
    }

    private void handOver(World world, int w, int i, Steps<World> steps) {
        Process process = world.processes().get(w);
        World accepted = world.accepts(i);
        steps.accept("%d sends %d: accepted".formatted(w, i), accepted.with(w, process.with(i, recorded(Kind.ACCEPTED))));
        steps.accept("%d sends %d: accepted, no answer".formatted(w, i), accepted.with(w, process.with(i, recorded(Kind.NO_ANSWER))));
        Budget b = world.budget();
        if (b.refusals() > 0) {
            World less = world.with(new Budget(b.deposals(), b.refusals() - 1, b.losses(), b.cancellations()));
            steps.accept("%d sends %d: refused for now".formatted(w, i), less.with(w, process.with(i, recorded(Kind.REFUSED_FOR_NOW))));
            steps.accept("%d sends %d: refused".formatted(w, i), less.with(w, process.with(i, recorded(Kind.REFUSED))));
            steps.accept("%d is stopped at the gate with %d".formatted(w, i),
                    less.with(w, process.with(i, recorded(Kind.NOT_HANDED_OVER))));
        }
    }

    private static Message recorded(Kind kind) {
        return new Message(kind, Stage.TO_RECORD);
    }

    private void record(World world, int w, int i, Message message, Steps<World> steps) {
        Process process = world.processes().get(w);
        ClaimToken token = token(w, process);
        GuardedUpdate update = message.kind() == Kind.NOT_HANDED_OVER
                ? DeliveryRules.release(List.of(ids.get(i)), token, Released.PENDING_AGAIN, NOW)
                : DeliveryRules.record(List.of(ids.get(i)), token, outcome(message.kind()), NOW);
        World recorded = world.onDelivery(i, update);
        if (recorded != null) {
            steps.accept("%d records %d %s".formatted(w, i, message.kind()), recorded.with(w, process.without(i)));
            Budget b = world.budget();
            if (b.losses() > 0) {
                steps.accept("%d records %d %s and does not learn it".formatted(w, i, message.kind()),
                        recorded.with(new Budget(b.deposals(), b.refusals(), b.losses() - 1, b.cancellations())));
            }
        } else if (world.onDelivery(i, late(w, process, i, message.kind())) != null && !settled(world, i, message.kind())) {
            steps.accept("%d finds %d changed".formatted(w, i), world.with(w, process.with(i, new Message(message.kind(), Stage.TO_MARK))));
        } else {
            steps.accept("%d has nothing to say of %d".formatted(w, i), world.with(w, process.without(i)));
        }
    }

    /** An earlier try of this very write has landed. */
    private static boolean settled(World world, int i, Kind kind) {
        return kind != Kind.NOT_HANDED_OVER && world.state(i) == outcome(kind).state();
    }

    private void mark(World world, int w, int i, Message next, Steps<World> steps) {
        Process process = world.processes().get(w);
        GuardedUpdate mark = next != null
                ? BatchRules.announceLate(BATCH)
                : without.contains(Rule.DIRTY_AFTER_LATE_EVIDENCE)
                        ? keeping(BatchRules.lateWritten(BATCH), "announced")
                        : BatchRules.lateWritten(BATCH);
        World marked = world.onBatch(mark);
        steps.accept("%d marks the batch dirty for %d".formatted(w, i),
                marked.with(w, next == null ? process.without(i) : process.with(i, next)));
    }

    private void writeLate(World world, int w, int i, Message message, Steps<World> steps) {
        Process process = world.processes().get(w);
        World written = world.onDelivery(i, late(w, process, i, message.kind()));
        steps.accept("%d writes %d %s late%s".formatted(w, i, message.kind(), written == null ? ": not" : ""),
                (written == null ? world : written).with(w, process.with(i, new Message(message.kind(), Stage.TO_MARK_AGAIN))));
    }

    private GuardedUpdate late(int w, Process process, int i, Kind kind) {
        GuardedUpdate late = DeliveryRules.recordLate(ids.get(i), token(w, process), outcome(kind), NOW);
        return without.contains(Rule.LATE_REFUSAL_FAILS) && outcome(kind) instanceof Outcome.RefusedForNow
                ? changing(late, "state", DeliveryState.RETRY_WAIT)
                : late;
    }

    private static Outcome outcome(Kind kind) {
        return switch (kind) {
            case ACCEPTED -> new Outcome.Accepted(null);
            case NO_ANSWER -> new Outcome.Ambiguous("no answer");
            case REFUSED -> new Outcome.Refused("refused");
            case REFUSED_FOR_NOW, NOT_HANDED_OVER -> new Outcome.RefusedForNow("not now", NOW);
            case HELD -> throw new IllegalArgumentException("it has no outcome yet");
        };
    }

    private void read(World world, int w, Process process, Steps<World> steps) {
        Map<String, Object> document = world.deliveries().get(process.i());
        String claim = (String) document.get("claim");
        Member member = new Member(ids.get(process.i()), world.state(process.i()), claim == null ? null : ClaimToken.parse(claim),
                (Instant) document.get("notBefore"), false);
        steps.accept("%d reads %d: %s".formatted(w, process.i(), member.state().wire()),
                world.with(w, process.sees(member).over(n, At.DECIDE)));
    }

    private void decide(World world, int w, Process process, Steps<World> steps) {
        CloseDecision decision = CloseDecision.of(process.seen(), boot(w), token -> without.contains(Rule.RELEASE_BURNT_CLAIMS),
                OnDoubt.HOLD);
        if (without.contains(Rule.CLOSE_AFTER_READING)) {
            decision = new CloseDecision.Close(Counts.ofStates(process.seen().stream().map(Member::state).toList()));
        }
        if (decision instanceof CloseDecision.ReleaseBurnt burnt) {
            World released = world;
            for (var entry : burnt.idsByToken().entrySet()) {
                for (String id : entry.getValue()) {
                    World after = released.onDelivery(ids.indexOf(id),
                            DeliveryRules.release(entry.getValue(), entry.getKey(), Released.PENDING_AGAIN, NOW));
                    released = after == null ? released : after;
                }
            }
            steps.accept("%d releases burnt claims".formatted(w), released.with(w, process.reading()));
        } else if (decision instanceof CloseDecision.WorkOn) {
            steps.accept("%d works on".formatted(w), world.with(w, process.to(At.WORK)));
        } else {
            World put = world.onBatch(decision instanceof CloseDecision.Close close
                    ? BatchRules.close(BATCH, process.epoch(), close.counts(), NOW)
                    : BatchRules.handBack(BATCH, process.epoch(), ((CloseDecision.HandBack) decision).counts(), NOW, NOW));
            steps.accept("%d %s%s".formatted(w, decision.getClass().getSimpleName(), put == null ? ": is deposed" : ""),
                    (put == null ? world : put).with(w, process.idle()));
        }
    }

    private static GuardedUpdate unguarded(GuardedUpdate update, String field) {
        return new GuardedUpdate(update.guard().stream().filter(not(condition -> condition.field().equals(field))).toList(),
                update.changes());
    }

    private static GuardedUpdate keeping(GuardedUpdate update, String field) {
        return new GuardedUpdate(update.guard(), update.changes().stream().filter(change -> change.field().equals(field)).toList());
    }

    private static GuardedUpdate changing(GuardedUpdate update, String field, Object value) {
        List<Condition> guard = update.guard();
        List<Change> changes = new ArrayList<>(update.changes().stream().filter(change -> !change.field().equals(field)).toList());
        changes.add(Change.assign(field, value));
        return new GuardedUpdate(guard, changes);
    }

    private static BatchState state(World world) {
        return BatchState.valueOf(((String) world.batch().get("state")).toUpperCase(Locale.ROOT));
    }

    private static long number(Map<String, Object> document, String field) {
        return (Long) document.get(field);
    }

    private static String boot(int w) {
        return "boot" + w;
    }

    private static ClaimToken token(int w, Process process) {
        return new ClaimToken(boot(w), process.seq());
    }

}
