package org.campaignrecovery.model.explore;

import static java.util.function.Predicate.not;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.batch.BatchRules;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.explore.Explorer.Step;
import org.campaignrecovery.model.explore.Explorer.Steps;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunRules;

/**
 * A campaign whose runs have ended moves on, or is accounted for when it was cancelled, while evidence about its runs comes in, with the
 * product's own rules. Two processes do whatever there is to do, one thing at a time each: they let the campaign leave and count again.
 * Every step is a read or a write of one document; how evidence itself is written, {@link CompletionProtocol} takes apart. Between any two
 * steps the other process may do anything, process 0 may die.
 */
final class ResultsProtocol {
    private static final String CAMPAIGN = "c";
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    /** In doubt at first in each run; one batch each. */
    private static final int MEMBERS = 2;

    private final int n;
    private final CampaignStatus from;
    private final Set<ResultsRule> without;

    /** @param runs of the campaign, which is about the last one */
    ResultsProtocol(int runs, CampaignStatus from, Set<ResultsRule> without) {
        this.n = runs;
        this.from = from;
        this.without = without;
    }

    /** What a process is about to do. */
    enum At {
        IDLE,
        DEAD,
        LEAVE_ADD,
        LEAVE,
        COUNT,
        COUNTED,
        READ_RUN,
        ADD_BATCH,
        TOTALS,
        READ_CAMPAIGN,
        ADD,
        RESULTS,
        CLEAR
    }

    /**
     * @param evidence that may still come
     * @param recounts begun while the other process counts too; two who forever undo each other's work would make the system endless
     */
    record Budget(int evidence, int recounts) {
    }

    /**
     * @param run whose batch it counts
     * @param hb of the batch as it was seen, and {@code dirty}
     * @param rev that it has read, of the run or the campaign
     * @param next run to add
     * @param sent in all that it has added up
     * @param had whether the campaign had results when it was read
     */
    record Process(At at, int run, long hb, long dirty, long rev, int next, long sent, boolean had) {
        static final Process IDLE = new Process(At.IDLE, 0, 0, 0, 0, 0, 0, false);

        Process to(At then) {
            return new Process(then, run, hb, dirty, rev, next, sent, had);
        }

        Process seesBatch(int which, long itsHb, long itsDirty) {
            return new Process(At.COUNT, which, itsHb, itsDirty, 0, 0, 0, false);
        }

        Process reads(long itsRev, boolean results, At then) {
            return new Process(then, run, hb, dirty, itsRev, 0, 0, results);
        }

        Process counts(long more, At then) {
            return new Process(then, run, hb, dirty, rev, next, more, had);
        }

        Process adds(long more, boolean last, At then) {
            return new Process(last ? then : at, run, hb, dirty, rev, next + 1, sent + more, had);
        }
    }

    /** @param known what was sent of each run, by its deliveries */
    record World(Documents ledger, List<Process> processes, Budget budget, List<Integer> known) {

        World with(int w, Process process) {
            List<Process> more = new ArrayList<>(processes);
            more.set(w, process);
            return new World(ledger, List.copyOf(more), budget, known);
        }

        World with(Documents other) {
            return new World(other, processes, budget, known);
        }

        World with(Budget less) {
            return new World(ledger, processes, less, known);
        }

        World learns(int run) {
            List<Integer> more = new ArrayList<>(known);
            more.set(run, more.get(run) + 1);
            return new World(ledger, processes, budget, List.copyOf(more));
        }
    }

    World start(Budget budget) {
        Map<String, Object> campaign = new HashMap<>(Map.of("_id", CAMPAIGN, "status", from.wire(), "rev", 0L, "current",
                Map.of("runId", run(n - 1))));
        if (n > 1) {
            campaign.put("performance", 0L);
        }
        Documents ledger = Documents.NONE.insert(CAMPAIGN, campaign);
        for (int i = 0; i < n; i++) {
            ledger = ledger.insert(run(i), Map.of("_id", run(i), "rev", 0L, "totals", counts(0).toWire())).insert(batch(i), Map.of("_id",
                    batch(i), "state", "done", "epoch", 1L, "hb", 1L, "dirty", 0L, "announced", 0L, "counts", counts(0).toWire()));
        }
        return new World(ledger, List.of(Process.IDLE, Process.IDLE), budget, IntStream.range(0, n).mapToObj(i -> 0).toList());
    }

    List<Step<World>> next(World world) {
        Steps<World> steps = new Steps<>();
        for (int i = 0; i < n && world.budget.evidence > 0; i++) {
            if (world.known.get(i) < MEMBERS) {
                Documents marked = world.ledger.update(batch(i), BatchRules.announceLate(batch(i)));
                steps.accept("evidence about %s".formatted(run(i)), world.learns(i)
                        .with(marked.update(batch(i), BatchRules.lateWritten(batch(i))))
                        .with(new Budget(world.budget.evidence - 1, world.budget.recounts)));
            }
        }
        for (int w = 0; w < world.processes.size(); w++) {
            Process process = world.processes.get(w);
            if (w == 0 && process.at != At.IDLE && process.at != At.DEAD) {
                steps.accept("0 dies at " + process.at, world.with(w, Process.IDLE.to(At.DEAD)));
            }
            switch (process.at) {
                case DEAD -> {
                }
                case IDLE -> begin(world, w, steps);
                case LEAVE_ADD, LEAVE -> leave(world, w, process, steps);
                case COUNT, COUNTED, READ_RUN, ADD_BATCH, TOTALS -> count(world, w, process, steps);
                case READ_CAMPAIGN, ADD, RESULTS, CLEAR -> results(world, w, process, steps);
            }
        }
        return steps.list();
    }

    private void begin(World world, int w, Steps<World> steps) {
        boolean waits = from == CampaignStatus.CANCELLED
                ? !world.ledger.get(CAMPAIGN).containsKey("performance")
                : world.ledger.text(CAMPAIGN, "status").equals(from.wire());
        if (waits) {
            steps.accept("%d reads the campaign, whose run has ended".formatted(w),
                    world.with(w, Process.IDLE.reads(world.ledger.number(CAMPAIGN, "rev"), false, At.LEAVE_ADD)));
        }
        At other = world.processes.get(1 - w).at;
        boolean alone = other == At.IDLE || other == At.DEAD || other == At.LEAVE_ADD || other == At.LEAVE;
        for (int i = 0; i < n; i++) {
            if (world.ledger.number(batch(i), "dirty") > 0 && (alone || world.budget.recounts > 0)) {
                World next = world.with(w,
                        Process.IDLE.seesBatch(i, world.ledger.number(batch(i), "hb"), world.ledger.number(batch(i), "dirty")));
                steps.accept("%d is to count %s again".formatted(w, run(i)),
                        alone ? next : next.with(new Budget(world.budget.evidence, world.budget.recounts - 1)));
            }
        }
    }

    /** As {@code CampaignDeparture} does. */
    private void leave(World world, int w, Process process, Steps<World> steps) {
        if (process.at == At.LEAVE_ADD) {
            add(world, w, process, At.LEAVE, steps);
            return;
        }
        GuardedUpdate leave = from == CampaignStatus.CANCELLED
                ? CampaignRules.cancelledWith(CAMPAIGN, process.rev, NOW)
                : CampaignRules.leave(CAMPAIGN, run(n - 1), CampaignStatus.COMPLETED, process.rev, NOW);
        change(world, w, CAMPAIGN, "lets the campaign go with %d sent".formatted(process.sent),
                (without.contains(ResultsRule.LEAVE_AT_THE_REVISION) ? unguarded(leave, "rev") : leave)
                        .with(Change.assign("performance", process.sent)),
                Process.IDLE, Process.IDLE, steps);
    }

    /** As {@code DirtyCountSweep} and {@code RunTotals} do. */
    private void count(World world, int w, Process process, Steps<World> steps) {
        int i = process.run;
        switch (process.at) {
            case COUNT -> steps.accept("%d counts the members of %s".formatted(w, run(i)),
                    world.with(w, process.counts(world.known.get(i), At.COUNTED)));
            case COUNTED -> change(world, w, batch(i), "writes the counts of %s".formatted(run(i)),
                    BatchRules.recounted(batch(i), BatchState.DONE, 1, process.hb, process.dirty, counts((int) process.sent)),
                    process.to(At.READ_RUN), Process.IDLE, steps);
            case READ_RUN -> steps.accept("%d reads %s".formatted(w, run(i)),
                    world.with(w, process.reads(world.ledger.number(run(i), "rev"), false, At.ADD_BATCH)));
            case ADD_BATCH -> steps.accept("%d adds up %s".formatted(w, run(i)),
                    world.with(w, process.counts(sent(world, batch(i), "counts"), At.TOTALS)));
            default -> {
                GuardedUpdate totals = RunRules.recounted(run(i), process.rev)
                        .with(Change.assign("totals", counts((int) process.sent).toWire()));
                Documents put = world.ledger.update(run(i), totals);
                boolean early = without.contains(ResultsRule.CLEAR_AFTER_THE_RESULTS);
                World next = put == null ? world : world.with(early ? cleared(put, process) : put);
                // The results are taken in any case; the mark is cleared only when the totals were won.
                steps.accept("%d writes the totals of %s%s".formatted(w, run(i), put == null ? ": not" : ""),
                        next.with(w, put == null || early
                                ? new Process(At.READ_CAMPAIGN, i, -1, -1, 0, 0, 0, false)
                                : process.to(At.READ_CAMPAIGN)));
            }
        }
    }

    /** As {@code CampaignResults} does, and the mark after it. */
    private void results(World world, int w, Process process, Steps<World> steps) {
        switch (process.at) {
            case READ_CAMPAIGN -> {
                boolean had = world.ledger.get(CAMPAIGN).containsKey("performance");
                boolean idle = !had && without.contains(ResultsRule.RAISE_WITHOUT_RESULTS);
                Process read = process.reads(world.ledger.number(CAMPAIGN, "rev"), had, had ? At.ADD : At.RESULTS);
                steps.accept("%d reads the campaign".formatted(w), world.with(w, idle ? process.to(At.CLEAR) : read));
            }
            case ADD -> add(world, w, process, At.RESULTS, steps);
            case RESULTS -> {
                GuardedUpdate update = CampaignRules.recounted(CAMPAIGN, process.rev);
                if (without.contains(ResultsRule.RESULTS_AT_THE_REVISION)) {
                    update = unguarded(update, "rev");
                }
                change(world, w, CAMPAIGN, process.had ? "writes that %d were sent".formatted(process.sent) : "raises the revision",
                        process.had ? update.with(Change.assign("performance", process.sent)) : update, process.to(At.CLEAR),
                        process.to(At.READ_CAMPAIGN), steps);
            }
            default -> steps.accept("%d clears the mark of %s".formatted(w, run(process.run)),
                    world.with(cleared(world.ledger, process)).with(w, Process.IDLE));
        }
    }

    private Documents cleared(Documents ledger, Process process) {
        Documents put = ledger.update(batch(process.run), BatchRules.counted(batch(process.run), process.hb, process.dirty));
        return put == null ? ledger : put;
    }

    private void add(World world, int w, Process process, At then, Steps<World> steps) {
        int i = process.next;
        steps.accept("%d adds %s".formatted(w, run(i)),
                world.with(w, process.adds(sent(world, run(i), "totals"), i + 1 == n, then)));
    }

    private static void change(World world, int w, String document, String what, GuardedUpdate update, Process won, Process lost,
            Steps<World> steps) {
        Documents put = world.ledger.update(document, update);
        steps.accept("%d %s%s".formatted(w, what, put == null ? ": not" : ""),
                put == null ? world.with(w, lost) : world.with(put).with(w, won));
    }

    /** A campaign that has left has results. */
    Optional<String> violation(World world) {
        Map<String, Object> campaign = world.ledger.get(CAMPAIGN);
        return campaign.get("status").equals(CampaignStatus.COMPLETED.wire()) && !campaign.containsKey("performance")
                ? Optional.of("completed without results")
                : Optional.empty();
    }

    /** The campaign has left, and its results are what its deliveries show. */
    boolean atRest(World world) {
        Map<String, Object> campaign = world.ledger.get(CAMPAIGN);
        long sent = world.known.stream().mapToLong(Integer::longValue).sum();
        return !campaign.get("status").equals(CampaignStatus.PROCESSING.wire()) && Long.valueOf(sent).equals(campaign.get("performance"))
                && IntStream.range(0, n).allMatch(i -> world.ledger.number(batch(i), "dirty") == 0);
    }

    @SuppressWarnings("unchecked")
    private static long sent(World world, String document, String field) {
        return Counts.fromWire((Map<String, Long>) world.ledger.get(document).get(field)).get(DeliveryState.SENT);
    }

    private static Counts counts(int sent) {
        return Counts.of(DeliveryState.SENT, sent).plus(Counts.of(DeliveryState.IN_DOUBT, MEMBERS - sent));
    }

    private static GuardedUpdate unguarded(GuardedUpdate update, String field) {
        return new GuardedUpdate(update.guard().stream().filter(not(condition -> condition.field().equals(field))).toList(),
                update.changes());
    }

    private static String run(int i) {
        return "run" + i;
    }

    private static String batch(int i) {
        return "batch" + i;
    }
}
