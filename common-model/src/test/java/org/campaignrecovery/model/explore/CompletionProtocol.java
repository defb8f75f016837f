package org.campaignrecovery.model.explore;

import static java.util.function.Predicate.not;

import java.time.Instant;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
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
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.CloseDecision;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Member;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.explore.Explorer.Step;
import org.campaignrecovery.model.explore.Explorer.Steps;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.CompletionDecision;
import org.campaignrecovery.model.run.RunRules;

/**
 * A planned run from its sending to its end and on through operators' orders, with the product's own rules. Two processes do whatever
 * there is to do, one thing at a time each: they lease batches and close them, complete the run, place orders, write late evidence, count
 * again. Every step is a read or a write of one document; a claim and its outcome are one step here, {@link BatchProtocol} takes them
 * apart. Between any two steps the other process may do anything, a living owner may be deposed, process 0 may die.
 */
final class CompletionProtocol {
    private static final String RUN = "run";
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");

    private final int n;
    private final Set<CompletionRule> without;

    CompletionProtocol(int batches, Set<CompletionRule> without) {
        this.n = batches;
        this.without = without;
    }

    /** What a process is about to do. */
    enum At {
        IDLE,
        DEAD,
        FORESTALL,
        RELIEVE,
        REOPEN,
        ORDER_DONE,
        WORK,
        LOOK,
        CLOSE,
        ANY_OPEN,
        COUNT_DONE,
        READ_AGAIN,
        SUM_TO_COMPLETE,
        COMPLETE,
        ORDER,
        READ_ORDER,
        FIND_CONCERNED,
        OPEN,
        PASS_OVER,
        PLACED,
        LOOK_TO_COUNT,
        COUNTED,
        READ_REVISION,
        SUM,
        TOTALS,
        CLEAR,
        ANNOUNCE,
        WRITE_LATE,
        WRITTEN
    }

    /**
     * How often things may still happen.
     *
     * @param recounts begun while the other process counts too; two who forever undo each other's work would make the system endless
     */
    record Budget(int orders, int deposals, int failures, int evidence, int cancellations, int recounts) {

        Budget without(Budget used) {
            return new Budget(orders - used.orders, deposals - used.deposals, failures - used.failures, evidence - used.evidence,
                    cancellations - used.cancellations, recounts - used.recounts);
        }
    }

    private static final Budget AN_ORDER = new Budget(1, 0, 0, 0, 0, 0);
    private static final Budget A_DEPOSAL = new Budget(0, 1, 0, 0, 0, 0);
    private static final Budget A_FAILURE = new Budget(0, 0, 1, 0, 0, 0);
    private static final Budget EVIDENCE = new Budget(0, 0, 0, 1, 0, 0);
    private static final Budget A_CANCELLATION = new Budget(0, 0, 0, 0, 1, 0);
    private static final Budget A_RECOUNT = new Budget(0, 0, 0, 0, 0, 1);
    private static final Set<At> COUNTING = EnumSet.range(At.LOOK_TO_COUNT, At.CLEAR);

    /** A batch as a process has seen it. */
    record Seen(BatchState state, long epoch, long hb, long dirty, boolean order) {
        static final Seen NOTHING = new Seen(BatchState.READY, 0, 0, 0, false);
    }

    /**
     * @param i the batch that it is at
     * @param round of the run that it has read, and {@code rev} the revision
     * @param found batches that it has found, or counted
     * @param sums what it has added up
     */
    record Process(At at, int i, Seen seen, int round, long rev, Set<Integer> found, Counts sums) {
        static final Process IDLE = new Process(At.IDLE, 0, Seen.NOTHING, 0, 0, Set.of(), Counts.NONE);

        Process to(At next) {
            return new Process(next, i, seen, round, rev, found, sums);
        }

        Process from(int first, At next) {
            return new Process(next, first, seen, round, rev, found, sums);
        }

        Process on(int batch, Seen what, At next) {
            return new Process(next, batch, what, 0, 0, Set.of(), Counts.NONE);
        }

        Process reads(int itsRound, long itsRev, At next) {
            return new Process(next, 0, seen, itsRound, itsRev, Set.of(), Counts.NONE);
        }

        /** Reads the revision and keeps the batch that it is at; its number goes along in {@code found}. */
        Process readsRevision(long itsRev) {
            return new Process(At.SUM, 0, seen, 0, itsRev, Set.of(i), Counts.NONE);
        }

        Process finds(int batch) {
            Set<Integer> more = new HashSet<>(found);
            more.add(batch);
            return new Process(at, i, seen, round, rev, Set.copyOf(more), sums);
        }

        Process adds(Counts counts) {
            return new Process(at, i, seen, round, rev, found, sums.plus(counts));
        }
    }

    /**
     * @param sends how often each delivery was handed over
     * @param owed deliveries that an order wants sent again and that were not yet
     */
    record World(Documents ledger, List<Process> processes, Budget budget, boolean cancelled, List<Integer> sends, Set<Integer> owed,
            int orders, int ends) {

        World with(int w, Process process) {
            List<Process> more = new ArrayList<>(processes);
            more.set(w, process);
            return new World(ledger, List.copyOf(more), budget, cancelled, sends, owed, orders, ends);
        }

        World with(Documents other) {
            return new World(other, processes, budget, cancelled, sends, owed, orders, ends);
        }

        World using(Budget used) {
            return new World(ledger, processes, budget.without(used), cancelled, sends, owed, orders, ends);
        }

        World cancel() {
            return new World(ledger, processes, budget, true, sends, Set.of(), orders, ends);
        }

        World handsOver(int delivery) {
            List<Integer> more = new ArrayList<>(sends);
            more.set(delivery, more.get(delivery) + 1);
            return new World(ledger, processes, budget, cancelled, List.copyOf(more), owed, orders, ends).settles(delivery);
        }

        World settles(int delivery) {
            Set<Integer> less = new HashSet<>(owed);
            less.remove(delivery);
            return new World(ledger, processes, budget, cancelled, sends, Set.copyOf(less), orders, ends);
        }

        World owes(Set<Integer> deliveries) {
            return new World(ledger, processes, budget, cancelled, sends, deliveries, orders + 1, ends);
        }

        World ended() {
            return new World(ledger, processes, budget, cancelled, sends, owed, orders, ends + 1);
        }
    }

    /** All batches are waiting for their first lease. */
    World sending(Budget budget) {
        return start(budget, DeliveryState.PENDING, BatchState.READY, "sending", 0);
    }

    /** The run is over, and all that it left is in doubt. */
    World completedInDoubt(Budget budget) {
        return start(budget, DeliveryState.IN_DOUBT, BatchState.DONE, "completed", 1);
    }

    private World start(Budget budget, DeliveryState delivery, BatchState batch, String run, int sends) {
        Documents ledger = Documents.NONE;
        for (int i = 0; i < n; i++) {
            Map<String, Object> fields = new HashMap<>(Map.of("_id", batch(i), "run", RUN, "state", batch.wire(), "epoch", (long) sends,
                    "hb", (long) sends, "dirty", 0L, "announced", 0L, "round", 0L));
            fields.put("counts", Counts.of(delivery, 1).toWire());
            ledger = ledger.insert(batch(i), fields).insert(delivery(i), Map.of("_id", delivery(i), "batch", batch(i), "state",
                    delivery.wire(), "fence", 1L, "attempt", (long) sends, "claim", "boot9:1"));
        }
        Map<String, Object> fields = new HashMap<>(Map.of("_id", RUN, "state", run, "round", 0L, "placed", true, "rev", 0L));
        if (sends > 0) {
            fields.put("totals", Counts.of(delivery, n).toWire());
        }
        return new World(ledger.insert(RUN, fields), List.of(Process.IDLE, Process.IDLE), budget, false,
                IntStream.range(0, n).mapToObj(i -> sends).toList(), Set.of(), 0, sends);
    }

    List<Step<World>> next(World world) {
        Steps<World> steps = new Steps<>();
        if (world.budget.cancellations > 0 && !over(world)) {
            steps.accept("the campaign is cancelled", world.using(A_CANCELLATION).cancel());
        }
        for (int w = 0; w < world.processes.size(); w++) {
            Process process = world.processes.get(w);
            if (process.at != At.DEAD) {
                if (w == 0 && process.at != At.IDLE) {
                    steps.accept("0 dies at " + process.at, world.with(w, Process.IDLE.to(At.DEAD)));
                }
                act(world, w, process, steps);
            }
        }
        return steps.list();
    }

    private void act(World world, int w, Process process, Steps<World> steps) {
        switch (process.at) {
            case IDLE -> begin(world, w, process, steps);
            case FORESTALL, RELIEVE, REOPEN, ORDER_DONE, WORK, LOOK, CLOSE -> work(world, w, process, steps);
            case ANY_OPEN, COUNT_DONE, READ_AGAIN, SUM_TO_COMPLETE, COMPLETE -> complete(world, w, process, steps);
            case ORDER, READ_ORDER, FIND_CONCERNED, OPEN, PASS_OVER, PLACED -> place(world, w, process, steps);
            case LOOK_TO_COUNT, COUNTED, READ_REVISION, SUM, TOTALS, CLEAR -> count(world, w, process, steps);
            case ANNOUNCE, WRITE_LATE, WRITTEN -> evidence(world, w, process, steps);
            case DEAD -> throw new IllegalStateException("nothing is done by the dead");
        }
    }

    private void begin(World world, int w, Process process, Steps<World> steps) {
        for (int i = 0; i < n; i++) {
            take(world, w, i, steps);
            Seen seen = seen(world, i);
            boolean miscounted = world.ledger.number(batch(i), "announced") > 0
                    && !counts(world, i).toWire().equals(world.ledger.get(batch(i)).get("counts"));
            boolean alone = !COUNTING.contains(world.processes.get(1 - w).at);
            if (seen.state != BatchState.LEASED && (seen.dirty > 0 || miscounted) && (alone || world.budget.recounts > 0)) {
                World next = world.with(w, process.on(i, seen, At.LOOK_TO_COUNT));
                steps.accept("%d is to count batch %d again".formatted(w, i), alone ? next : next.using(A_RECOUNT));
            }
            if (world.budget.evidence > 0 && state(world, i) == DeliveryState.IN_DOUBT) {
                steps.accept("%d learns what became of %d".formatted(w, i),
                        world.using(EVIDENCE).with(w, process.on(i, Seen.NOTHING, At.ANNOUNCE)));
            }
        }
        Documents ledger = world.ledger;
        int round = (int) ledger.number(RUN, "round");
        long rev = ledger.number(RUN, "rev");
        boolean placed = Boolean.TRUE.equals(ledger.get(RUN).get("placed"));
        if (ledger.text(RUN, "state").equals("sending")) {
            if (placed || without.contains(CompletionRule.COMPLETE_WHAT_WAS_READ)) {
                steps.accept("%d reads the run, round %d".formatted(w, round), world.with(w, process.reads(round, rev, At.ANY_OPEN)));
            }
            if (!placed) {
                steps.accept("%d finds the order of round %d".formatted(w, round),
                        world.with(w, process.reads(round, rev, At.FIND_CONCERNED)));
            }
        } else if (ledger.text(RUN, "state").equals("completed") && world.budget.orders > 0 && !world.cancelled) {
            steps.accept("%d is asked to send again what is in doubt".formatted(w),
                    world.using(AN_ORDER).with(w, process.reads(round, rev, At.ORDER)));
        }
    }

    private void take(World world, int w, int i, Steps<World> steps) {
        Seen seen = seen(world, i);
        boolean leased = seen.state == BatchState.LEASED && !boot(w).equals(world.ledger.get(batch(i)).get("owner"));
        boolean dead = world.processes.get(1 - w).at == At.DEAD || world.processes.get(1 - w).at == At.IDLE;
        if (seen.state == BatchState.DONE || seen.state == BatchState.LEASED && !leased
                || leased && !dead && world.budget.deposals == 0) {
            return;
        }
        // What Kafka has not rung for is found by a sweep, and sweeps look at runs that are not over.
        if (seen.state == BatchState.READY && over(world)) {
            return;
        }
        Documents taken = world.ledger.update(batch(i),
                BatchRules.take(batch(i), seen.state, seen.epoch, seen.hb, boot(w), NOW));
        Seen lease = new Seen(seen.state, seen.epoch + 1, seen.hb, seen.dirty, seen.order);
        World next = world.with(taken).with(w, Process.IDLE.on(i, lease, seen.epoch == 0
                ? At.WORK
                : seen.order && !without.contains(CompletionRule.FORESTALL_BEFORE_STAMPING) ? At.FORESTALL : At.RELIEVE));
        steps.accept("%d %s batch %d, epoch %d%s".formatted(w, leased && !dead ? "deposes the owner of" : "leases", i, seen.epoch + 1,
                seen.order ? ", with an order" : ""), leased && !dead ? next.using(A_DEPOSAL) : next);
    }

    private void work(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        long epoch = process.seen.epoch;
        List<String> members = List.of(delivery(i));
        switch (process.at) {
            case FORESTALL -> {
                World kept = updated(world, delivery(i),
                        DeliveryRules.forestall(batch(i), members, List.of(DeliveryState.IN_DOUBT), epoch));
                steps.accept("%d keeps %d from earlier owners%s".formatted(w, i, same(world, kept)), kept.with(w, process.to(At.RELIEVE)));
            }
            case RELIEVE -> {
                World stamped = updated(world, delivery(i), DeliveryRules.stamp(batch(i), members, epoch));
                World swept = updated(stamped, delivery(i), DeliveryRules.sweep(batch(i), members, epoch, NOW));
                steps.accept("%d stamps and sweeps %d".formatted(w, i),
                        swept.with(w, process.to(process.seen.order ? At.REOPEN : At.WORK)));
            }
            case REOPEN -> {
                GuardedUpdate reopen = DeliveryRules.reopen(batch(i), members, List.of(DeliveryState.IN_DOUBT), epoch, NOW);
                World reopened = updated(world, delivery(i),
                        without.contains(CompletionRule.REOPEN_WHAT_IS_OLDER) ? unguarded(reopen, "fence") : reopen);
                steps.accept("%d takes %d up again%s".formatted(w, i, same(world, reopened)), reopened.with(w, process.to(At.ORDER_DONE)));
            }
            case ORDER_DONE -> {
                GuardedUpdate done = BatchRules.orderDone(batch(i), epoch);
                Documents put = world.ledger.update(batch(i),
                        without.contains(CompletionRule.TAKE_THE_ORDER_OFF) ? unchanging(done, "order") : done);
                steps.accept("%d takes the order off %d%s".formatted(w, i, put == null ? ": is deposed" : ""),
                        put == null ? world.with(w, Process.IDLE) : world.with(put).with(w, process.to(At.WORK)));
            }
            case WORK -> send(world, w, process, steps);
            case LOOK -> {
                Member member = new Member(delivery(i), state(world, i), ClaimToken.parse(world.ledger.text(delivery(i), "claim")), null,
                        true);
                CloseDecision decision = CloseDecision.of(List.of(member), boot(w), token -> false, OnDoubt.HOLD);
                steps.accept("%d looks at %d: %s".formatted(w, i, member.state().wire()), decision instanceof CloseDecision.Close close
                        ? world.with(w, process.adds(close.counts()).to(At.CLOSE))
                        : world.with(w, process.to(At.WORK)));
            }
            default -> {
                Documents closed = world.ledger.update(batch(i), BatchRules.close(batch(i), epoch, process.sums, NOW));
                steps.accept("%d closes batch %d%s".formatted(w, i, closed == null ? ": is deposed" : ""),
                        (closed == null ? world : world.with(closed)).with(w, Process.IDLE));
            }
        }
        if (world.ledger.number(batch(i), "epoch") != epoch && process.at != At.CLOSE) {
            steps.accept("%d learns by its heartbeat that it is deposed".formatted(w), world.with(w, Process.IDLE));
        }
    }

    /** A claim and what becomes of it. */
    private void send(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        long epoch = process.seen.epoch;
        List<String> members = List.of(delivery(i));
        Process looking = process.to(At.LOOK);
        if (world.cancelled) {
            steps.accept("%d cancels %d".formatted(w, i), updated(world, delivery(i),
                    DeliveryRules.cancel(batch(i), members, epoch, "cancelled", NOW)).with(w, looking));
            return;
        }
        ClaimToken token = new ClaimToken(boot(w), epoch);
        Documents claimed = world.ledger.update(delivery(i), DeliveryRules.claim(batch(i), members, epoch, token, NOW));
        if (claimed == null) {
            steps.accept("%d finds nothing to send in %d".formatted(w, i), world.with(w, looking));
            return;
        }
        World sent = world.with(claimed).handsOver(i);
        steps.accept("%d sends %d".formatted(w, i),
                updated(sent, delivery(i), DeliveryRules.record(members, token, new Outcome.Accepted(null), NOW)).with(w, looking));
        if (world.budget.failures > 0) {
            steps.accept("%d sends %d and gets no answer".formatted(w, i), updated(sent.using(A_FAILURE), delivery(i),
                    DeliveryRules.record(members, token, new Outcome.Ambiguous("no answer"), NOW)).with(w, looking));
        }
    }

    private void complete(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        switch (process.at) {
            case ANY_OPEN -> {
                boolean open = seen(world, i).state != BatchState.DONE;
                steps.accept("%d sees that batch %d is %s".formatted(w, i, open ? "open" : "done"),
                        world.with(w, open ? Process.IDLE : over(process, At.COUNT_DONE)));
            }
            case COUNT_DONE -> {
                Process counting = seen(world, i).state == BatchState.DONE ? process.finds(i) : process;
                if (i + 1 < n) {
                    steps.accept("%d counts batch %d".formatted(w, i), world.with(w, over(counting, At.COUNT_DONE)));
                } else {
                    boolean complete = CompletionDecision.of(Optional.of((long) n), counting.found.size()) == CompletionDecision.COMPLETE;
                    At next = process.round == 0 ? At.SUM_TO_COMPLETE : At.READ_AGAIN;
                    steps.accept("%d has counted %s".formatted(w, counting.found),
                            world.with(w, complete ? counting.from(0, next) : Process.IDLE));
                }
            }
            case READ_AGAIN -> {
                boolean still = world.ledger.text(RUN, "state").equals("sending") && world.ledger.number(RUN, "round") == process.round;
                steps.accept("%d reads the run again".formatted(w),
                        world.with(w, still || without.contains(CompletionRule.COMPLETE_WHAT_WAS_READ)
                                ? process.reads(process.round, world.ledger.number(RUN, "rev"), At.SUM_TO_COMPLETE)
                                : Process.IDLE));
            }
            case SUM_TO_COMPLETE -> steps.accept("%d adds batch %d".formatted(w, i),
                    world.with(w, over(process.adds(vector(world, i)), At.COMPLETE)));
            default -> {
                GuardedUpdate end = world.cancelled
                        ? RunRules.cancelled(RUN, process.round, process.rev, NOW)
                        : RunRules.complete(RUN, process.round, process.rev, NOW);
                if (without.contains(CompletionRule.COMPLETE_WHAT_WAS_READ)) {
                    end = unguarded(end, "round", "placed", "rev");
                } else if (without.contains(CompletionRule.COMPLETE_AT_THE_REVISION)) {
                    end = unguarded(end, "rev");
                }
                Documents ended = world.ledger.update(RUN, end.with(Change.assign("totals", process.sums.toWire())));
                steps.accept("%d completes the run%s".formatted(w, ended == null ? ": not" : ""),
                        (ended == null ? world : world.with(ended).ended()).with(w, Process.IDLE));
            }
        }
    }

    private void place(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        boolean early = without.contains(CompletionRule.PLACED_AFTER_THE_BATCHES);
        boolean passing = !without.contains(CompletionRule.PASS_OVER_THE_OTHERS);
        switch (process.at) {
            case ORDER -> {
                GuardedUpdate order = RunRules.order(RUN, process.round, process.rev);
                Documents ordered = world.ledger.update(RUN,
                        without.contains(CompletionRule.ORDER_THE_RUN_THAT_WAS_SEEN) ? unguarded(order, "state", "round", "rev") : order);
                steps.accept("%d gives its order%s".formatted(w, ordered == null ? ": not" : ""), ordered == null
                        ? world.with(w, Process.IDLE)
                        : world.with(ordered).owes(inDoubt(world)).with(w, process.to(At.READ_ORDER)));
            }
            case READ_ORDER -> steps.accept("%d reads its order".formatted(w),
                    world.with(w, process.reads((int) world.ledger.number(RUN, "round"), 0, early ? At.PLACED : At.FIND_CONCERNED)));
            case FIND_CONCERNED -> {
                boolean concerned = state(world, i) == DeliveryState.IN_DOUBT;
                steps.accept("%d finds batch %d %s".formatted(w, i, concerned ? "concerned" : "not concerned"),
                        world.with(w, over(concerned ? process.finds(i) : process, At.OPEN)));
            }
            case OPEN -> {
                World opened = world;
                if (process.found.contains(i)) {
                    GuardedUpdate order = BatchRules.order(batch(i), process.round, NOW).with(Change.assign("order", process.round));
                    opened = updated(world, batch(i),
                            without.contains(CompletionRule.A_BATCH_TAKES_AN_ORDER_ONCE) ? unguarded(order, "round") : order);
                }
                steps.accept("%d brings the order to batch %d%s".formatted(w, i, same(world, opened)),
                        opened.with(w, over(process, passing ? At.PASS_OVER : early ? At.IDLE : At.PLACED)));
            }
            case PASS_OVER -> {
                World passed = updated(world, batch(i), BatchRules.passedOver(RUN, process.round));
                steps.accept("%d passes over batch %d%s".formatted(w, i, same(world, passed)),
                        passed.with(w, over(process, early ? At.IDLE : At.PLACED)));
            }
            default -> steps.accept("%d says that the order is placed".formatted(w),
                    updated(world, RUN, RunRules.placed(RUN, process.round))
                            .with(w, early && process.at == At.PLACED ? process.from(0, At.FIND_CONCERNED) : Process.IDLE));
        }
    }

    private void count(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        Seen seen = process.seen;
        boolean early = without.contains(CompletionRule.CLEAR_AFTER_THE_TOTALS);
        switch (process.at) {
            case LOOK_TO_COUNT -> steps.accept("%d counts the members of %d".formatted(w, i),
                    world.with(w, process.adds(counts(world, i)).to(At.COUNTED)));
            case COUNTED -> {
                Documents counted = world.ledger.update(batch(i),
                        BatchRules.recounted(batch(i), seen.state, seen.epoch, seen.hb, seen.dirty, process.sums));
                if (counted != null && early) {
                    counted = counted.update(batch(i), BatchRules.counted(batch(i), seen.hb, seen.dirty));
                }
                steps.accept("%d writes the counts of %d%s".formatted(w, i, counted == null ? ": not" : ""),
                        counted == null ? world.with(w, Process.IDLE) : world.with(counted).with(w, process.to(At.READ_REVISION)));
            }
            case READ_REVISION -> steps.accept("%d reads the revision".formatted(w),
                    world.with(w, process.readsRevision(world.ledger.number(RUN, "rev"))));
            case SUM -> steps.accept("%d adds batch %d".formatted(w, i),
                    world.with(w, over(process.adds(vector(world, i)), At.TOTALS)));
            case TOTALS -> {
                GuardedUpdate totals = RunRules.recounted(RUN, process.rev);
                if (without.contains(CompletionRule.TOTALS_AT_THE_REVISION)) {
                    totals = unguarded(totals, "rev");
                }
                if (world.ledger.get(RUN).containsKey("totals")) {
                    totals = totals.with(Change.assign("totals", process.sums.toWire()));
                }
                Documents put = world.ledger.update(RUN, totals);
                int batch = process.found.iterator().next();
                steps.accept("%d writes the totals%s".formatted(w, put == null ? ": not" : ""), put == null || early
                        ? (put == null ? world : world.with(put)).with(w, Process.IDLE)
                        : world.with(put).with(w, process.from(batch, At.CLEAR)));
            }
            default -> {
                GuardedUpdate clear = BatchRules.counted(batch(i), seen.hb, seen.dirty);
                World cleared = updated(world, batch(i),
                        without.contains(CompletionRule.CLEAR_WHAT_WAS_COUNTED) ? unguarded(clear, "hb", "dirty") : clear);
                steps.accept("%d clears the mark of %d%s".formatted(w, i, same(world, cleared)), cleared.with(w, Process.IDLE));
            }
        }
    }

    private void evidence(World world, int w, Process process, Steps<World> steps) {
        int i = process.i;
        switch (process.at) {
            case ANNOUNCE -> steps.accept("%d announces evidence for %d".formatted(w, i),
                    updated(world, batch(i), BatchRules.announceLate(batch(i))).with(w, process.to(At.WRITE_LATE)));
            case WRITE_LATE -> {
                World written = updated(world, delivery(i), DeliveryRules.resolve(delivery(i), world.ledger.text(delivery(i), "claim"),
                        DeliveryState.SENT, "evidence", NOW));
                steps.accept("%d writes that %d was sent%s".formatted(w, i, same(world, written)),
                        written.settles(i).with(w, process.to(At.WRITTEN)));
            }
            default -> steps.accept("%d says that the evidence is written".formatted(w),
                    updated(world, batch(i), BatchRules.lateWritten(batch(i))).with(w, Process.IDLE));
        }
    }

    Optional<String> violation(World world) {
        for (int i = 0; i < n; i++) {
            if (seen(world, i).state == BatchState.DONE && !closed(state(world, i))) {
                return Optional.of("delivery %d is %s in a closed batch".formatted(i, state(world, i).wire()));
            }
            if (over(world) && seen(world, i).state != BatchState.DONE) {
                return Optional.of("batch %d is %s in a run that is over".formatted(i, seen(world, i).state.wire()));
            }
            if (world.sends.get(i) > 1 + world.orders) {
                return Optional.of("delivery %d was handed over %d times for %d orders".formatted(i, world.sends.get(i), world.orders));
            }
            if (over(world) && world.owed.contains(i)) {
                return Optional.of("the run is over, and delivery %d was not sent again".formatted(i));
            }
        }
        if (world.ends > 1 + world.orders) {
            return Optional.of("the run has ended %d times with %d orders".formatted(world.ends, world.orders));
        }
        return Optional.empty();
    }

    /** The run is over, nothing waits, and the counts and totals are what a recount would find. */
    boolean atRest(World world) {
        Counts sum = IntStream.range(0, n).mapToObj(i -> counts(world, i)).reduce(Counts.NONE, Counts::plus);
        return over(world) && sum.toWire().equals(world.ledger.get(RUN).get("totals"))
                && IntStream.range(0, n).allMatch(i -> world.ledger.number(batch(i), "dirty") == 0
                        && counts(world, i).toWire().equals(world.ledger.get(batch(i)).get("counts")));
    }

    private static boolean over(World world) {
        return Set.of("completed", "cancelled").contains(world.ledger.text(RUN, "state"));
    }

    private static boolean closed(DeliveryState state) {
        return !Set.of(DeliveryState.PENDING, DeliveryState.SENDING, DeliveryState.RETRY_WAIT).contains(state);
    }

    private Process over(Process process, At then) {
        return process.i + 1 < n ? process.from(process.i + 1, process.at) : then == At.IDLE ? Process.IDLE : process.from(0, then);
    }

    private Set<Integer> inDoubt(World world) {
        return IntStream.range(0, n).filter(i -> state(world, i) == DeliveryState.IN_DOUBT).boxed()
                .collect(java.util.stream.Collectors.toUnmodifiableSet());
    }

    private static World updated(World world, String id, GuardedUpdate update) {
        Documents put = world.ledger.update(id, update);
        return put == null ? world : world.with(put);
    }

    private static String same(World before, World after) {
        return before == after ? ": not" : "";
    }

    private static Seen seen(World world, int i) {
        Documents ledger = world.ledger;
        String id = batch(i);
        return new Seen(BatchState.valueOf(ledger.text(id, "state").toUpperCase(Locale.ROOT)), ledger.number(id, "epoch"),
                ledger.number(id, "hb"), ledger.number(id, "dirty"), ledger.get(id).get("order") != null);
    }

    private static DeliveryState state(World world, int i) {
        return DeliveryState.valueOf(world.ledger.text(delivery(i), "state").toUpperCase(Locale.ROOT));
    }

    private static Counts counts(World world, int i) {
        return Counts.of(state(world, i), 1);
    }

    @SuppressWarnings("unchecked")
    private static Counts vector(World world, int i) {
        return Counts.fromWire((Map<String, Long>) world.ledger.get(batch(i)).get("counts"));
    }

    private static GuardedUpdate unguarded(GuardedUpdate update, String... fields) {
        return new GuardedUpdate(update.guard().stream().filter(not(condition -> Set.of(fields).contains(condition.field()))).toList(),
                update.changes());
    }

    private static GuardedUpdate unchanging(GuardedUpdate update, String field) {
        return new GuardedUpdate(update.guard(), update.changes().stream().filter(change -> !change.field().equals(field)).toList());
    }

    private static String batch(int i) {
        return "batch" + i;
    }

    private static String delivery(int i) {
        return "delivery" + i;
    }

    private static String boot(int w) {
        return "boot" + w;
    }
}
