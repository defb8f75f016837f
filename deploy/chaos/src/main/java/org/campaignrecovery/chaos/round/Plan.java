package org.campaignrecovery.chaos.round;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Collectors;

import org.campaignrecovery.chaos.fault.FaultKind;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.local.cluster.ServiceKind;

/**
 * What is going to happen in a round; the same seed plans the same.
 *
 * @param strikes faults in the order of the progress at which they strike
 * @param crashPoints with the time of passing at which a process dies there
 * @param clocksApart one of two apis lives an hour ahead
 * @param channels of the campaign
 * @param ratePerSecond of the campaign on each channel, or 0 for none
 * @param workers how many are there
 * @param orders whether an operator has what is in doubt sent again when the run is complete
 */
public record Plan(long seed, List<Strike> strikes, Map<CrashPoint, Integer> crashPoints, boolean clocksApart, List<String> channels,
        int ratePerSecond, int workers, boolean orders) {
    private static final List<CrashPoint> STARTING = List.of(CrashPoint.START_WON, CrashPoint.RUN_INSERTED, CrashPoint.RUN_RUNG,
            CrashPoint.RUN_PUBLISHED, CrashPoint.CAMPAIGN_CHANGED);
    private static final List<CrashPoint> PLANNING = List.of(CrashPoint.PLANNER_TAKEN, CrashPoint.PAGE_FROZEN,
            CrashPoint.DELIVERIES_INSERTED, CrashPoint.BATCH_INSERTED, CrashPoint.PAGE_PLANNED, CrashPoint.PAGE_RUNG,
            CrashPoint.END_PAGE_INSERTED, CrashPoint.RUN_PLANNED);
    private static final List<CrashPoint> SENDING = List.of(CrashPoint.AFTER_CLAIM, CrashPoint.AFTER_ACCEPTANCE, CrashPoint.AFTER_RECORD,
            CrashPoint.BEFORE_CLAIM);
    private static final List<CrashPoint> RELIEVING = List.of(CrashPoint.BATCH_RETAKEN, CrashPoint.RELIEF_STAMPED,
            CrashPoint.RELIEF_SWEPT, CrashPoint.RELIEF_REOFFERED);
    private static final List<CrashPoint> ORDERING = List.of(CrashPoint.ORDER_REOPENED, CrashPoint.ORDER_TAKEN_OFF);
    private static final List<CrashPoint> ENDING = List.of(CrashPoint.BATCH_CLOSING, CrashPoint.BATCH_CLOSED, CrashPoint.RUN_TOTALLED,
            CrashPoint.RUN_COMPLETED, CrashPoint.CAMPAIGN_LEFT);

    private static final List<FaultKind> CIRCUMSTANCES = List.of(FaultKind.FREEZE_WORKER, FaultKind.PAUSE, FaultKind.REBALANCES,
            FaultKind.LOSE_ANSWERS);
    private static final List<FaultKind> DEATHS = List.of(FaultKind.KILL_DATABASE, FaultKind.KILL_BROKER, FaultKind.KILL_API,
            FaultKind.RESET_OFFSETS);
    /** In which part of the campaign faults strike: late enough to be in it, early enough to be gone when it ends. */
    private static final double EARLIEST = 0.05;
    private static final double LATEST = 0.85;
    private static final double LATEST_LONG_ONE = 0.6;
    /** Without any fault a campaign takes about so long, so that the faults find it under way. */
    private static final int SECONDS = 60;
    private static final int BRIEF_SECONDS = 30;
    private static final int WORKERS = 3;
    private static final int CANCELLED_EVERY = 10;
    private static final int API_CHANGES = 3;
    /** A process does so many groups in a few seconds. */
    private static final int LATE_GROUP = 60;

    /** @param progress part of the messages that are accepted by then */
    public record Strike(double progress, FaultKind kind) {
    }

    /** Each group of crash points is gone through by the seed, so that twenty seeds in a row reach them all. */
    public static Plan usual(long seed, int recipients) {
        Random random = new Random(seed);
        boolean cancelled = Math.floorMod(seed, CANCELLED_EVERY) == CANCELLED_EVERY - 1;
        Map<CrashPoint, Integer> points = new TreeMap<>();
        points.put(one(STARTING, seed), 1);
        points.put(one(PLANNING, seed), 1 + random.nextInt(3));
        points.put(one(SENDING, seed), 1 + random.nextInt(LATE_GROUP));
        points.put(one(RELIEVING, seed), 1);
        if (cancelled) {
            points.put(CrashPoint.BATCH_CLOSED, 1 + random.nextInt(5));
        } else {
            points.put(one(ENDING, seed), 1);
        }
        points.replaceAll((point, nth) -> once(point) ? 1 : nth);
        boolean orders = !cancelled && Math.floorMod(seed, 2) == 0;
        if (orders) {
            points.put(one(ORDERING, seed / 2), 1);
            points.putIfAbsent(CrashPoint.AFTER_CLAIM, 1 + random.nextInt(LATE_GROUP));
        }
        return new Plan(seed, strikes(seed, random, cancelled), points, true, List.of("email", "sms"), Math.max(20, recipients / SECONDS),
                WORKERS, orders);
    }

    private static List<Strike> strikes(long seed, Random random, boolean cancelled) {
        List<Strike> strikes = new ArrayList<>();
        strikes.add(new Strike(when(random, LATEST), FaultKind.KILL_WORKER));
        strikes.add(new Strike(when(random, LATEST), FaultKind.KILL_WORKER));
        FaultKind death = one(DEATHS, seed);
        strikes.add(new Strike(when(random, LATEST_LONG_ONE), death));
        FaultKind another = one(DEATHS, seed + 1 + random.nextInt(DEATHS.size() - 1));
        strikes.add(new Strike(when(random, LATEST_LONG_ONE), another));
        strikes.add(new Strike(when(random, LATEST_LONG_ONE), one(CIRCUMSTANCES, seed)));
        strikes.add(new Strike(when(random, LATEST_LONG_ONE), one(CIRCUMSTANCES, seed + 1)));
        strikes.add(new Strike(when(random, LATEST_LONG_ONE), FaultKind.PROVIDERS));
        if (cancelled) {
            strikes.add(new Strike(LATEST_LONG_ONE, FaultKind.CANCEL));
        }
        strikes.sort(Comparator.comparingDouble(Strike::progress));
        return strikes;
    }

    /** Most kinds of faults in few minutes, for every build. */
    public static Plan brief(long seed, int recipients) {
        List<Strike> strikes = List.of(new Strike(0.05, FaultKind.LOSE_ANSWERS), new Strike(0.1, FaultKind.PROVIDERS),
                new Strike(0.15, FaultKind.KILL_WORKER), new Strike(0.25, FaultKind.FREEZE_WORKER),
                new Strike(0.3, FaultKind.KILL_DATABASE), new Strike(0.4, FaultKind.KILL_API), new Strike(0.5, FaultKind.KILL_BROKER));
        Map<CrashPoint, Integer> points = new TreeMap<>(Map.of(CrashPoint.RUN_INSERTED, 1, CrashPoint.PAGE_FROZEN, 2,
                CrashPoint.AFTER_CLAIM, 10, CrashPoint.RELIEF_STAMPED, 1, CrashPoint.RUN_COMPLETED, 1));
        return new Plan(seed, strikes, points, true, List.of("email", "sms"), Math.max(20, recipients / BRIEF_SECONDS), 2, false);
    }

    /** One campaign by e-mail, a worker killed every so often. */
    public static Plan kills(long seed, int kills) {
        List<Strike> strikes = new ArrayList<>();
        for (int n = 1; n <= kills; n++) {
            strikes.add(new Strike(0.97 * n / (kills + 1), FaultKind.KILL_WORKER));
        }
        return new Plan(seed, strikes, Map.of(), false, List.of("email"), 0, WORKERS, false);
    }

    /** Passed once in a run, or in a batch of it that is the only one of its kind. */
    private static boolean once(CrashPoint point) {
        return point == CrashPoint.PLANNER_TAKEN || point == CrashPoint.END_PAGE_INSERTED || point == CrashPoint.RUN_PLANNED;
    }

    private static double when(Random random, double latest) {
        return EARLIEST + random.nextDouble() * (latest - EARLIEST);
    }

    private static <T> T one(List<T> choices, long seed) {
        return choices.get((int) Math.floorMod(seed, (long) choices.size()));
    }

    /**
     * For {@code CRASH_POINTS} of a kind of process. An api changes a campaign twice on behalf of its author and approver, who are spared: it
     * dies at the third change at the earliest.
     */
    String armed(ServiceKind kind) {
        return crashPoints.entrySet().stream().map(point -> point.getKey().title() + ":"
                + (point.getKey() == CrashPoint.CAMPAIGN_CHANGED && kind == ServiceKind.API ? API_CHANGES : point.getValue()))
                .collect(Collectors.joining(","));
    }

    boolean loses() {
        return strikes.stream().anyMatch(strike -> strike.kind == FaultKind.LOSE_ANSWERS);
    }
}
