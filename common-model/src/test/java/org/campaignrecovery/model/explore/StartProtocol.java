package org.campaignrecovery.model.explore;

import static java.util.function.Predicate.not;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.explore.Explorer.Step;
import org.campaignrecovery.model.explore.Explorer.Steps;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.run.RunId;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;

/**
 * Two apis that start one campaign, with the product's own rules: they look for what is due, begin or miss it, insert its run, ring for
 * it, note that; they carry out an operator's order to run now, which is repeated; they sweep what was left and let the campaign move on
 * when its run has ended. Between any two steps the other one may do anything, time may pass, workers carry out what they find, api 0 may
 * die at any point, and either may be frozen over an occurrence and the next.
 */
final class StartProtocol {
    private static final String CAMPAIGN = "c";
    private static final Instant EPOCH = Instant.parse("2026-11-22T09:00:00Z");
    private static final int LAST_TIME = 4;
    private static final String BEGUN = "begun: ";
    private static final String STOPPED_AGAIN = "stopped after it was opened again: ";
    private static final String CARRIED_OUT = "carried out: ";

    private final boolean recurring;
    private final Set<StartRule> without;

    StartProtocol(boolean recurring, Set<StartRule> without) {
        this.recurring = recurring;
        this.without = without;
    }

    /** What an api is about to do. */
    enum At {
        IDLE,
        DEAD,
        DECIDE,
        INSERT,
        REOPEN_MISSED,
        RING,
        MARK,
        NOTE_MISSED,
        MISSED_NOTED,
        LEAVE,
        READ_CAMPAIGN,
        READ_RUN,
        LEAVE_FAILED,
        ASKED,
        REOPEN_FAILED,
        RUN_NOW
    }

    /** How often things may still happen. */
    record Budget(int orders, int failures) {
    }

    /** The campaign as an api has read it. */
    record Seen(CampaignStatus status, long rev, Instant nextRunAt, String current) {
        static final Seen NOTHING = new Seen(CampaignStatus.SCHEDULED, 0, null, null);
    }

    /**
     * @param run that it is about
     * @param time at which it has decided
     */
    record Api(At at, Seen seen, String run, int time) {
        static final Api IDLE = new Api(At.IDLE, Seen.NOTHING, null, 0);

        Api to(At next) {
            return new Api(next, seen, run, time);
        }

        Api about(String itsRun, At next) {
            return new Api(next, seen, itsRun, 0);
        }

        Api sees(Seen now, At next) {
            return new Api(next, now, run, time);
        }
    }

    /**
     * @param time two steps for each day: its occurrence is on time, then too late
     * @param happened how often each run was begun by the schedule, and carried out to its end
     * @param rung the runs that Kafka has acknowledged
     */
    record World(int time, Documents ledger, List<Api> apis, Budget budget, Map<String, Integer> happened, Set<String> rung) {

        World with(int w, Api api) {
            List<Api> more = new ArrayList<>(apis);
            more.set(w, api);
            return new World(time, ledger, List.copyOf(more), budget, happened, rung);
        }

        World with(Documents other) {
            return new World(time, other, apis, budget, happened, rung);
        }

        World with(Budget less) {
            return new World(time, ledger, apis, less, happened, rung);
        }

        World later() {
            return new World(time + 1, ledger, apis, budget, happened, rung);
        }

        World counts(String what) {
            Map<String, Integer> more = new HashMap<>(happened);
            more.merge(what, 1, Integer::sum);
            return new World(time, ledger, apis, budget, Map.copyOf(more), rung);
        }

        World rings(String run) {
            Set<String> more = new HashSet<>(rung);
            more.add(run);
            return new World(time, ledger, apis, budget, happened, Set.copyOf(more));
        }
    }

    World start(Budget budget) {
        return new World(0, Documents.NONE.insert(CAMPAIGN,
                Map.of("_id", CAMPAIGN, "status", "scheduled", "rev", 0L, "nextRunAt", occurrence(1))), List.of(Api.IDLE, Api.IDLE), budget,
                Map.of(), Set.of());
    }

    List<Step<World>> next(World world) {
        Steps<World> steps = new Steps<>();
        if (world.time < (recurring ? LAST_TIME : 2)) {
            steps.accept("time passes to %d".formatted(world.time + 1), world.later());
        }
        carryOut(world, steps);
        for (int w = 0; w < world.apis.size(); w++) {
            Api api = world.apis.get(w);
            if (w == 0 && api.at != At.IDLE && api.at != At.DEAD) {
                steps.accept("0 dies at " + api.at, world.with(w, Api.IDLE.to(At.DEAD)));
            }
            if (api.at == At.IDLE) {
                begin(world, w, steps);
            } else if (api.at != At.DEAD) {
                act(world, w, api, steps);
            }
        }
        return steps.list();
    }

    /** Workers carry out what is open, of a campaign that does not rest. */
    private void carryOut(World world, Steps<World> steps) {
        CampaignStatus status = status(world);
        if (status == CampaignStatus.FAILED || status == CampaignStatus.MISSED) {
            return;
        }
        for (String run : runs(world)) {
            if (state(world, run) == RunState.PLANNING) {
                Documents planned = world.ledger.update(run, RunRules.planned(run, EPOCH));
                steps.accept("workers carry out " + run,
                        world.with(planned.update(run, RunRules.complete(run, 0, planned.number(run, "rev"), EPOCH)))
                                .counts(CARRIED_OUT + run));
                if (world.budget.failures > 0) {
                    steps.accept("workers cannot plan " + run,
                            world.with(world.ledger.update(run, RunRules.failPlanning(run, 0, "unreadable", EPOCH)))
                                    .with(new Budget(world.budget.orders, world.budget.failures - 1)));
                }
            }
        }
    }

    private void begin(World world, int w, Steps<World> steps) {
        Seen seen = seen(world);
        Api api = new Api(At.IDLE, seen, seen.current, 0);
        boolean due = seen.status == CampaignStatus.SCHEDULED && seen.nextRunAt != null && !seen.nextRunAt.isAfter(now(world));
        if (due) {
            steps.accept("%d sees what is due at %s".formatted(w, day(seen.nextRunAt)),
                    world.with(w, new Api(At.DECIDE, seen, null, world.time)));
        }
        if (world.budget.orders > 0) {
            steps.accept("%d is asked to run now".formatted(w),
                    world.with(new Budget(world.budget.orders - 1, world.budget.failures)).with(w, api.to(At.ASKED)));
        }
        if (without.contains(StartRule.SWEEP_WHAT_WAS_BEGUN)) {
            return;
        }
        if (seen.status == CampaignStatus.PROCESSING) {
            RunState state = world.ledger.has(seen.current) ? state(world, seen.current) : null;
            boolean published = state != null && Boolean.TRUE.equals(world.ledger.get(seen.current).get("published"));
            if (state == null || state == RunState.MISSED) {
                steps.accept("%d sweeps %s: it is to be inserted".formatted(w, seen.current), world.with(w, api.to(At.INSERT)));
            } else if (!state.active()) {
                steps.accept("%d sweeps %s: it has ended".formatted(w, seen.current),
                        world.with(w, api.to(state == RunState.FAILED ? At.READ_CAMPAIGN : At.LEAVE)));
            } else if (!published) {
                steps.accept("%d sweeps %s: it is not rung for".formatted(w, seen.current), world.with(w, api.to(At.RING)));
            }
        } else if (seen.status == CampaignStatus.MISSED && !world.ledger.has(seen.current)) {
            steps.accept("%d sweeps %s: it is to be noted as missed".formatted(w, seen.current), world.with(w, api.to(At.NOTE_MISSED)));
        }
        if (world.ledger.get(CAMPAIGN).get("lastMissed") instanceof Map<?, ?> missed) {
            String run = (String) missed.get("runId");
            steps.accept("%d sweeps %s, which was missed".formatted(w, run), world.with(w, api.about(run, At.NOTE_MISSED)));
        }
    }

    private void act(World world, int w, Api api, Steps<World> steps) {
        switch (api.at) {
            case DECIDE -> decide(world, w, api, steps);
            case INSERT -> {
                boolean there = world.ledger.has(api.run) && !without.contains(StartRule.A_RUN_EXISTS_ONCE);
                steps.accept("%d inserts %s%s".formatted(w, api.run, there ? ": it is there" : ""), there
                        ? world.with(w, api.to(At.REOPEN_MISSED))
                        : world.with(world.ledger.put(api.run, run(api.run, RunState.PLANNING))).with(w, api.to(At.RING)));
            }
            case REOPEN_MISSED -> change(world, w, api.run, "opens %s if it was missed".formatted(api.run),
                    RunRules.reopen(api.run, RunState.MISSED, EPOCH), api.to(At.RING), api.to(At.RING), steps);
            case RING -> steps.accept("%d rings for %s".formatted(w, api.run), world.rings(api.run).with(w, api.to(At.MARK)));
            case MARK -> steps.accept("%d notes that %s is rung for".formatted(w, api.run), world.with(world.ledger.put(api.run,
                    plus(world.ledger.get(api.run), "published", true))).with(w, Api.IDLE));
            case NOTE_MISSED -> steps.accept("%d notes that %s was missed".formatted(w, api.run),
                    world.with(world.ledger.insert(api.run, run(api.run, RunState.MISSED))).with(w, api.to(At.MISSED_NOTED)));
            case MISSED_NOTED -> change(world, w, CAMPAIGN, "clears what was missed", CampaignRules.missedNoted(CAMPAIGN, api.run),
                    Api.IDLE, Api.IDLE, steps);
            case LEAVE -> leave(world, w, api, steps);
            case READ_CAMPAIGN -> steps.accept("%d reads the campaign of %s".formatted(w, api.run),
                    world.with(w, api.sees(seen(world), At.READ_RUN)));
            case READ_RUN -> steps.accept("%d reads %s again".formatted(w, api.run),
                    world.with(w, state(world, api.run) == RunState.FAILED ? api.to(At.LEAVE_FAILED) : Api.IDLE));
            case LEAVE_FAILED -> {
                GuardedUpdate failed = CampaignRules.leave(CAMPAIGN, api.run, CampaignStatus.FAILED, api.seen.rev, now(world));
                change(state(world, api.run).active() ? world.counts(STOPPED_AGAIN + api.run) : world, world, w,
                        "lets the campaign fail with " + api.run,
                        without.contains(StartRule.LEAVE_A_FAILED_RUN_AS_SEEN) ? unguarded(failed, "rev") : failed, Api.IDLE, steps);
            }
            case ASKED -> asked(world, w, api, steps);
            case REOPEN_FAILED -> change(world, w, api.run, "opens %s, which has failed".formatted(api.run),
                    RunRules.reopen(api.run, RunState.FAILED, EPOCH), api.to(At.RUN_NOW), api.to(At.RUN_NOW), steps);
            case RUN_NOW -> change(world, w, CAMPAIGN, "begins %s by order".formatted(api.run),
                    CampaignRules.runNow(CAMPAIGN, api.seen.status, api.seen.rev, RunId.parse(api.run), now(world), now(world)),
                    api.to(At.INSERT), Api.IDLE, steps);
            case IDLE, DEAD -> throw new IllegalStateException("nothing is under way");
        }
    }

    /** As {@code DueOccurrence} and {@code DueDecision} do: the latest that is due stands for those before it. */
    private void decide(World world, int w, Api api, Steps<World> steps) {
        Instant seenNext = api.seen.nextRunAt;
        int latest = recurring ? (api.time + 1) / 2 : 1;
        boolean late = api.time >= 2 * latest;
        int passedOver = latest - index(seenNext);
        RunId run = RunId.of(CAMPAIGN, occurrence(latest));
        long rev = api.seen.rev;
        Instant now = now(world);
        Instant at = occurrence(latest);
        GuardedUpdate update;
        At then;
        if (!recurring) {
            update = late ? CampaignRules.miss(CAMPAIGN, rev, seenNext, run, now) : CampaignRules.start(CAMPAIGN, rev, seenNext, run, now);
            then = late ? At.NOTE_MISSED : At.INSERT;
        } else if (!late) {
            update = CampaignRules.startLatest(CAMPAIGN, rev, seenNext, run, at, now).with(CampaignRules.coalescing(passedOver));
            then = At.INSERT;
        } else if (latest < 2) {
            update = CampaignRules.passOver(CAMPAIGN, rev, seenNext, run, at, occurrence(latest + 1), now);
            update = without.contains(StartRule.CARRY_WHAT_WAS_MISSED) ? unchanging(update, "lastMissed.") : update;
            then = At.NOTE_MISSED;
        } else {
            update = CampaignRules.missLatest(CAMPAIGN, rev, seenNext, run, at, now).with(CampaignRules.coalescing(passedOver));
            then = At.NOTE_MISSED;
        }
        if (without.contains(StartRule.START_WHAT_WAS_SEEN)) {
            update = unguarded(update, "nextRunAt", "rev");
        }
        change(late ? world : world.counts(BEGUN + run), world, w, (late ? "misses " : "begins ") + run, update,
                api.about(run.toString(), then), steps);
    }

    private static void change(World ifWon, World ifLost, int w, String what, GuardedUpdate update, Api won, Steps<World> steps) {
        Documents put = ifLost.ledger.update(CAMPAIGN, update);
        steps.accept("%d %s%s".formatted(w, what, put == null ? ": not" : ""),
                put == null ? ifLost.with(w, Api.IDLE) : ifWon.with(put).with(w, won));
    }

    /** As {@code CampaignDeparture} does. */
    private void leave(World world, int w, Api api, Steps<World> steps) {
        GuardedUpdate update;
        Object last = world.ledger.get(CAMPAIGN).get("lastOccurrence");
        int handled = last == null ? 0 : index((Instant) last);
        if (recurring && handled < 2) {
            update = CampaignRules.rearm(CAMPAIGN, api.run, api.seen.rev, occurrence(handled + 1), now(world));
        } else {
            update = CampaignRules.leave(CAMPAIGN, api.run, CampaignStatus.COMPLETED, api.seen.rev, now(world));
        }
        if (without.contains(StartRule.LEAVE_WITH_THE_CURRENT_RUN)) {
            update = unguarded(update, "current.runId", "rev");
        }
        change(world, w, CAMPAIGN, "lets the campaign leave %s".formatted(api.run), update, Api.IDLE, Api.IDLE, steps);
    }

    /** As {@code RunNow} does; the operator's key is the same each time. */
    private void asked(World world, int w, Api api, Steps<World> steps) {
        CampaignStatus status = api.seen.status;
        String key = without.contains(StartRule.THE_KEY_NAMES_THE_RUN) ? "k" + world.budget.orders : "k";
        String manual = RunId.manual(CAMPAIGN, key).toString();
        if (recurring && world.ledger.has(manual)
                || !Set.of(CampaignStatus.SCHEDULED, CampaignStatus.MISSED, CampaignStatus.FAILED).contains(status)) {
            steps.accept("%d answers: it is %s".formatted(w, status.wire()), world.with(w, Api.IDLE));
            return;
        }
        String run = status != CampaignStatus.SCHEDULED
                ? api.seen.current
                : recurring ? manual : RunId.of(CAMPAIGN, api.seen.nextRunAt).toString();
        steps.accept("%d is to run %s".formatted(w, run),
                world.with(w, api.about(run, status == CampaignStatus.FAILED ? At.REOPEN_FAILED : At.RUN_NOW)));
    }

    private static void change(World world, int w, String document, String what, GuardedUpdate update, Api won, Api lost,
            Steps<World> steps) {
        Documents put = world.ledger.has(document) ? world.ledger.update(document, update) : null;
        steps.accept("%d %s%s".formatted(w, what, put == null ? ": not" : ""),
                put == null ? world.with(w, lost) : world.with(put).with(w, won));
    }

    Optional<String> violation(World world) {
        for (Map.Entry<String, Integer> what : world.happened.entrySet()) {
            if (what.getValue() > 1 || what.getKey().startsWith(STOPPED_AGAIN)) {
                return Optional.of("%s %d times".formatted(what.getKey(), what.getValue()));
            }
        }
        if (world.happened.keySet().stream().filter(what -> RunId.parse(what).isManual()).count() > 1) {
            return Optional.of("one order was carried out twice: " + world.happened.keySet());
        }
        CampaignStatus status = status(world);
        for (String run : runs(world)) {
            boolean current = run.equals(seen(world).current);
            if (state(world, run).active() && (!current || Set.of(CampaignStatus.SCHEDULED, CampaignStatus.COMPLETED).contains(status))) {
                return Optional.of("%s is open, and the campaign is %s with %s".formatted(run, status.wire(), seen(world).current));
            }
            if (Boolean.TRUE.equals(world.ledger.get(run).get("published")) && !world.rung.contains(run)) {
                return Optional.of("%s is marked and was not rung for".formatted(run));
            }
        }
        return Optional.empty();
    }

    /** Time is over, each occurrence has its run or a later one that stands for it, and nothing is under way. */
    boolean atRest(World world) {
        boolean missed = world.ledger.get(CAMPAIGN).containsKey("lastMissed");
        boolean second = !recurring || world.ledger.has(RunId.of(CAMPAIGN, occurrence(2)).toString());
        boolean first = world.ledger.has(RunId.of(CAMPAIGN, occurrence(1)).toString()) || recurring && stoodFor(world);
        // A failed campaign waits for an operator, also when the one who ran it again has died over opening its run.
        boolean open = status(world) != CampaignStatus.FAILED && runs(world).stream().anyMatch(run -> state(world, run).active());
        return first && second && !missed && !open
                && Set.of(CampaignStatus.COMPLETED, CampaignStatus.MISSED, CampaignStatus.FAILED).contains(status(world));
    }

    /** The second occurrence began, or was missed, while the first was still to come. */
    private static boolean stoodFor(World world) {
        return world.ledger.number(CAMPAIGN, "lastCoalesced") == 1;
    }

    private static Map<String, Object> run(String id, RunState state) {
        return Map.of("_id", id, "state", state.wire(), "rev", 0L, "round", 0L, "placed", true, "planner", Map.of("epoch", 0L, "hb", 0L));
    }

    private static Map<String, Object> plus(Map<String, Object> document, String field, Object value) {
        Map<String, Object> more = new HashMap<>(document);
        more.put(field, value);
        return more;
    }

    private static List<String> runs(World world) {
        return world.ledger.ids().stream().filter(not(CAMPAIGN::equals)).toList();
    }

    private static RunState state(World world, String run) {
        return RunState.valueOf(world.ledger.text(run, "state").toUpperCase(Locale.ROOT));
    }

    private static CampaignStatus status(World world) {
        return CampaignStatus.valueOf(world.ledger.text(CAMPAIGN, "status").toUpperCase(Locale.ROOT));
    }

    private static Seen seen(World world) {
        Map<?, ?> current = (Map<?, ?>) world.ledger.get(CAMPAIGN).get("current");
        return new Seen(status(world), world.ledger.number(CAMPAIGN, "rev"), (Instant) world.ledger.get(CAMPAIGN).get("nextRunAt"),
                current == null ? null : (String) current.get("runId"));
    }

    private static Instant occurrence(int day) {
        return EPOCH.plus(Duration.ofDays(day));
    }

    private static int index(Instant occurrence) {
        return (int) Duration.between(EPOCH, occurrence).toDays();
    }

    private static String day(Instant occurrence) {
        return "day " + index(occurrence);
    }

    /** On the occurrence, or half a day after it, when it is too late. */
    private static Instant now(World world) {
        return EPOCH.plus(Duration.ofHours(12L * (world.time + 1)));
    }

    private static GuardedUpdate unguarded(GuardedUpdate update, String... fields) {
        return new GuardedUpdate(update.guard().stream().filter(not(condition -> Set.of(fields).contains(condition.field()))).toList(),
                update.changes());
    }

    private static GuardedUpdate unchanging(GuardedUpdate update, String prefix) {
        return new GuardedUpdate(update.guard(),
                update.changes().stream().filter(change -> !change.field().startsWith(prefix)).toList());
    }
}
