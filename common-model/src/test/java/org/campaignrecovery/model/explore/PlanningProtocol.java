package org.campaignrecovery.model.explore;

import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.explore.Explorer.Step;
import org.campaignrecovery.model.explore.Explorer.Steps;
import org.campaignrecovery.model.planning.PageId;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.planning.PageStep;
import org.campaignrecovery.model.planning.PassedPages;
import org.campaignrecovery.model.planning.Share;
import org.campaignrecovery.model.run.RunRules;

/**
 * Two planners of one run, step by step, with the product's own decisions: pages, deliveries, batches, the end. Every step is a read or a
 * write of one document. Between any two of them the other planner may do anything, a living planner may be deposed and not know it,
 * planner 0 may die, an insert may lose its answer and land later or never, and the orders change once.
 */
final class PlanningProtocol {
    private static final String RUN = "run";
    private static final Instant NOW = Instant.parse("2026-11-24T09:00:00Z");
    /** Each customer's address before and after the orders change, in their order; null for one that is not there. */
    private static final List<String> BEFORE = customers("a", "b", "a", null);
    private static final List<String> AFTER = customers("a", null, "b", "d");
    private static final List<Integer> THERE_ALL_THE_TIME = List.of(0, 2);

    private final int pageSize;
    private final Set<PlanningRule> without;

    PlanningProtocol(int pageSize, Set<PlanningRule> without) {
        this.pageSize = pageSize;
        this.without = without;
    }

    /** Where a planner is. */
    enum At {
        IDLE,
        DEAD,
        RESUME,
        READ,
        FREEZE,
        INSERT,
        BATCH,
        PLANNED,
        END
    }

    /** How often what goes wrong may still go wrong. */
    record Budget(int deposals, int losses) {
    }

    /** A customer that was read, by number. */
    record Row(int customer, String address) {
    }

    /** What was read, and how far the reading came. */
    record Reading(List<Row> rows, Integer to) {
        static final Reading NONE = new Reading(List.of(), null);

        /** Within a page an address counts once. */
        List<String> addresses() {
            return List.copyOf(new LinkedHashSet<>(rows.stream().map(Row::address).toList()));
        }
    }

    /**
     * @param page the rows that it carries out
     * @param i how many of them are inserted
     * @param existing of those that were there already, whose they are
     */
    record Planner(At at, long epoch, PassedPages<Integer> passed, Reading read, Reading page, int i, Map<String, String> existing) {
        static final Planner IDLE = new Planner(At.IDLE, 0, PassedPages.none(), Reading.NONE, Reading.NONE, 0, Map.of());

        Planner to(At next) {
            return new Planner(next, epoch, passed, read, page, i, existing);
        }

        Planner at(PassedPages<Integer> further) {
            return new Planner(At.READ, epoch, further, Reading.NONE, Reading.NONE, 0, Map.of());
        }

        Planner reads(Reading reading) {
            return new Planner(At.FREEZE, epoch, passed, reading, Reading.NONE, 0, Map.of());
        }

        Planner carriesOut(Reading found) {
            return new Planner(At.INSERT, epoch, passed, read, found, 0, Map.of());
        }

        Planner inserted(String delivery, String itsBatch) {
            Map<String, String> more = new HashMap<>(existing);
            if (itsBatch != null) {
                more.put(delivery, itsBatch);
            }
            return new Planner(at, epoch, passed, read, page, i + 1, Map.copyOf(more));
        }
    }

    /** An insert whose caller has stopped waiting. */
    record Late(String id, Map<String, Object> document) {
    }

    /** @param frozen what each page has frozen, also once it is planned and has dropped it */
    record World(boolean changed, Documents ledger, Map<Integer, Reading> frozen, List<Planner> planners, Set<Late> late, Budget budget) {

        World with(int w, Planner planner) {
            List<Planner> more = new ArrayList<>(planners);
            more.set(w, planner);
            return new World(changed, ledger, frozen, List.copyOf(more), late, budget);
        }

        World with(Documents other) {
            return new World(changed, other, frozen, planners, late, budget);
        }

        World with(Budget less) {
            return new World(changed, ledger, frozen, planners, late, less);
        }

        World with(Set<Late> other) {
            return new World(changed, ledger, frozen, planners, Set.copyOf(other), budget);
        }

        /** Inserts a page, unless its slot is taken. */
        World freeze(int n, Map<String, Object> page) {
            String id = new PageId(RUN, n).toString();
            if (ledger.has(id)) {
                return this;
            }
            Map<Integer, Reading> more = new HashMap<>(frozen);
            more.put(n, (Reading) page.get("reading"));
            return new World(changed, ledger.insert(id, page), Map.copyOf(more), planners, late, budget);
        }
    }

    World start(Budget budget) {
        Map<String, Object> run = Map.of("_id", RUN, "state", "planning", "rev", 0L, "planner", Map.of("epoch", 0L, "hb", 0L));
        return new World(false, Documents.NONE.insert(RUN, run), Map.of(), List.of(Planner.IDLE, Planner.IDLE), Set.of(), budget);
    }

    List<Step<World>> next(World world) {
        Steps<World> steps = new Steps<>();
        if (!world.changed) {
            steps.accept("the orders change",
                    new World(true, world.ledger, world.frozen, world.planners, world.late, world.budget));
        }
        land(world, steps);
        for (int w = 0; w < world.planners.size(); w++) {
            act(world, w, world.planners.get(w), steps);
        }
        return steps.list();
    }

    private static void land(World world, Steps<World> steps) {
        for (Late late : world.late) {
            Set<Late> less = new HashSet<>(world.late);
            less.remove(late);
            World landed = late.document.containsKey("n")
                    ? world.freeze((Integer) late.document.get("n"), late.document)
                    : world.with(world.ledger.insert(late.id, late.document));
            steps.accept("a late insert of %s lands".formatted(late.id), landed.with(less));
            steps.accept("a late insert of %s never lands".formatted(late.id), world.with(less));
        }
    }

    private void act(World world, int w, Planner planner, Steps<World> steps) {
        if (planner.at == At.DEAD) {
            return;
        }
        if (w == 0 && planner.at != At.IDLE) {
            steps.accept("0 dies", world.with(w, Planner.IDLE.to(At.DEAD)));
        }
        if (planner.at != At.IDLE && planner.epoch != epoch(world)) {
            steps.accept(w + " learns by its heartbeat that it is deposed", world.with(w, Planner.IDLE));
        }
        switch (planner.at) {
            case IDLE -> take(world, w, steps);
            case RESUME -> resume(world, w, planner, steps);
            case READ -> read(world, w, planner, steps);
            case FREEZE -> freeze(world, w, planner, steps);
            case INSERT -> insert(world, w, planner, steps);
            case BATCH -> batch(world, w, planner, steps);
            case PLANNED -> planned(world, w, planner, steps);
            case END -> {
                Documents ended = world.ledger.update(RUN, RunRules.planned(RUN, NOW));
                steps.accept(w + " ends the planning", world.with(ended == null ? world.ledger : ended).with(w, Planner.IDLE));
            }
            case DEAD -> throw new IllegalStateException("nothing is done by the dead");
        }
    }

    private void take(World world, int w, Steps<World> steps) {
        if (!world.ledger.text(RUN, "state").equals("planning")) {
            return;
        }
        Map<?, ?> lease = (Map<?, ?>) world.ledger.get(RUN).get("planner");
        long epoch = (Long) lease.get("epoch");
        boolean free = lease.get("owner") == null || world.planners.get(1 - w).at == At.DEAD || ("boot" + w).equals(lease.get("owner"));
        if (!free && world.budget.deposals == 0) {
            return;
        }
        Documents taken = world.ledger.update(RUN, RunRules.takePlanning(RUN, epoch, (Long) lease.get("hb"), "boot" + w));
        Planner planner = new Planner(epoch == 0 ? At.READ : At.RESUME, epoch + 1, PassedPages.none(), Reading.NONE, Reading.NONE, 0,
                Map.of());
        World next = world.with(taken).with(w, planner);
        steps.accept("%d %s, epoch %d".formatted(w, free ? "takes the planning" : "deposes the living", epoch + 1),
                free ? next : next.with(new Budget(world.budget.deposals - 1, world.budget.losses)));
    }

    /** One read tells the last page, and that the pages before it. */
    private void resume(World world, int w, Planner planner, Steps<World> steps) {
        int next = 0;
        while (world.ledger.has(new PageId(RUN, next).toString())) {
            next++;
        }
        if (next == 0) {
            steps.accept(w + " finds no page", world.with(w, planner.to(At.READ)));
            return;
        }
        String id = new PageId(RUN, next - 1).toString();
        boolean counted = !without.contains(PlanningRule.COUNT_WHAT_WAS_PASSED);
        PassedPages<Integer> passed = PassedPages.before(next - 1, (Integer) world.ledger.get(id).get("from"),
                counted ? world.ledger.number(id, "batchCount") : 0);
        if (state(world, id) == PageState.PLANNED) {
            passed = passed.and(next - 1, (Integer) world.ledger.get(id).get("to"), counted ? world.ledger.list(id, "batches").size() : 0);
        }
        steps.accept("%d stands at page %d".formatted(w, passed.next()), world.with(w, planner.at(passed).to(At.READ)));
    }

    private void read(World world, int w, Planner planner, Steps<World> steps) {
        List<String> source = world.changed ? AFTER : BEFORE;
        Integer after = planner.passed.after();
        List<Row> rows = IntStream.range(after == null ? 0 : after + 1, source.size()).filter(k -> source.get(k) != null).limit(pageSize)
                .mapToObj(k -> new Row(k, source.get(k))).toList();
        Reading reading = new Reading(rows, rows.isEmpty() ? after : Integer.valueOf(rows.get(rows.size() - 1).customer));
        World next = world.with(w, planner.reads(reading));
        if (without.contains(PlanningRule.PAGE_BEFORE_DELIVERIES) && !rows.isEmpty()) {
            next = world.with(w, planner.reads(reading).carriesOut(reading));
        }
        steps.accept("%d reads %s".formatted(w, rows), next);
    }

    private void freeze(World world, int w, Planner planner, Steps<World> steps) {
        String id = id(planner);
        Reading read = planner.read;
        boolean end = PassedPages.toFreeze(read.rows.isEmpty()) == PageState.END;
        if (end && without.contains(PlanningRule.THE_END_IS_A_PAGE)) {
            steps.accept(w + " thinks that it is done", world.with(w, planner.to(At.END)));
            return;
        }
        Map<String, Object> page = page(planner.passed, read, PassedPages.toFreeze(read.rows.isEmpty()));
        boolean taken = world.ledger.has(id);
        World frozen = world.freeze(planner.passed.next(), page);
        if (taken && without.contains(PlanningRule.ADOPT_THE_WINNERS_ROWS)) {
            steps.accept("%d finds %s taken and keeps its rows".formatted(w, id),
                    world.with(w, end ? planner.to(At.END) : planner.carriesOut(read)));
            return;
        }
        Reading found = (Reading) frozen.ledger.get(id).get("reading");
        World next = switch (PageStep.of(state(frozen, id))) {
            case STOP -> frozen.with(w, planner.to(At.END));
            case PASS -> frozen.with(w, planner.at(past(planner, frozen, found, frozen.ledger.list(id, "batches").size())));
            case CARRY_OUT -> frozen.with(w, planner.carriesOut(found));
        };
        steps.accept("%d %s %s %s".formatted(w, taken ? "finds taken" : "writes", id, page.get("state")), next);
        lose(world, w, planner, List.of(new Late(id, page)), steps);
    }

    private PassedPages<Integer> past(Planner planner, World world, Reading found, int made) {
        Integer to = without.contains(PlanningRule.GO_ON_BEHIND_THE_WINNERS_PAGE)
                ? planner.read.to
                : world.ledger.has(id(planner)) ? (Integer) world.ledger.get(id(planner)).get("to") : found.to;
        return planner.passed.and(planner.passed.next(), to, made);
    }

    private void insert(World world, int w, Planner planner, Steps<World> steps) {
        List<String> wanted = planner.page.addresses();
        if (planner.i == wanted.size()) {
            steps.accept("%d has inserted its deliveries".formatted(w), world.with(w, planner.to(
                    without.contains(PlanningRule.BATCH_BEFORE_PLANNED) ? At.PLANNED : At.BATCH)));
            return;
        }
        String delivery = wanted.get(planner.i);
        Map<String, Object> document = Map.of("_id", delivery, "batch", batch(planner), "state", "pending", "fence", 1L);
        String existing = world.ledger.has(delivery) ? world.ledger.text(delivery, "batch") : null;
        steps.accept("%d inserts %s of %s%s".formatted(w, delivery, batch(planner), existing == null ? "" : ": there, of " + existing),
                world.with(world.ledger.insert(delivery, document)).with(w, planner.inserted(delivery, existing)));
        lose(world, w, planner, wanted.subList(planner.i, wanted.size()).stream()
                .map(id -> new Late(id, Map.of("_id", id, "batch", batch(planner), "state", "pending", "fence", 1L))).toList(), steps);
    }

    private Share share(Planner planner) {
        return Share.of(batch(planner), planner.page.addresses(),
                without.contains(PlanningRule.READ_THE_BATCH_BACK) ? Map.of() : planner.existing);
    }

    private void batch(World world, int w, Planner planner, Steps<World> steps) {
        Share share = share(planner);
        String id = batch(planner);
        Map<String, Object> document = Map.of("_id", id, "state", "ready", "members", share.own(), "counts",
                Counts.of(DeliveryState.PENDING, share.own().size()).toWire());
        World next = share.own().isEmpty() ? world : world.with(world.ledger.insert(id, document));
        boolean swapped = without.contains(PlanningRule.BATCH_BEFORE_PLANNED);
        steps.accept("%d writes batch %s %s".formatted(w, id, share.own()),
                next.with(w, swapped
                        ? planner.at(past(planner, next, planner.page, share.own().isEmpty() ? 0 : 1))
                        : planner.to(At.PLANNED)));
        if (!share.own().isEmpty()) {
            lose(world, w, planner, List.of(new Late(id, document)), steps);
        }
    }

    private void planned(World world, int w, Planner planner, Steps<World> steps) {
        Share share = share(planner);
        List<String> batches = share.own().isEmpty() ? List.of() : List.of(batch(planner));
        int withinPage = planner.page.rows.size() - planner.page.addresses().size();
        Map<String, Skips> skipped = Map.of(Channel.EMAIL.wire(), new Skips(0, 0, withinPage).plusDuplicates(share.duplicates()));
        String id = id(planner);
        World before = without.contains(PlanningRule.PAGE_BEFORE_DELIVERIES)
                ? world.freeze(planner.passed.next(), page(planner.passed, planner.page, PageState.PLANNING))
                : world;
        Documents put = before.ledger.has(id) ? before.ledger.update(id, PageRules.planned(id, batches, skipped)) : null;
        World next = put == null ? before : before.with(put);
        steps.accept("%d says that %s is planned%s".formatted(w, id, put == null ? ": it was" : ""),
                next.with(w, without.contains(PlanningRule.BATCH_BEFORE_PLANNED)
                        ? planner.to(At.BATCH)
                        : planner.at(past(planner, next, planner.page, batches.size()))));
    }

    /** The answer is lost: what is left of the inserts may land later, and the planner begins from where the ledger stands. */
    private void lose(World world, int w, Planner planner, List<Late> left, Steps<World> steps) {
        if (world.budget.losses == 0) {
            return;
        }
        Set<Late> late = new HashSet<>(world.late);
        late.addAll(left);
        At again = planner.epoch == 1 ? At.READ : At.RESUME;
        steps.accept("%d loses the answer of its insert of %s".formatted(w, left.get(0).id),
                world.with(late).with(new Budget(world.budget.deposals, world.budget.losses - 1))
                        .with(w, planner.at(PassedPages.<Integer>none()).to(again)));
    }

    Optional<String> violation(World world) {
        Documents ledger = world.ledger;
        boolean over = !ledger.text(RUN, "state").equals("planning");
        List<Integer> ends = world.frozen.keySet().stream().filter(n -> state(world, new PageId(RUN, n).toString()) == PageState.END)
                .toList();
        if (ends.isEmpty() && !over) {
            return Optional.empty();
        }
        int end = ends.isEmpty() ? Integer.MAX_VALUE : ends.get(0);
        if (ends.size() > 1 || world.frozen.keySet().stream().anyMatch(n -> n > end)) {
            return Optional.of("there is a page after the end");
        }
        long batches = 0;
        Map<String, String> homes = new HashMap<>();
        for (String id : ledger.ids()) {
            if (ledger.get(id).containsKey("members")) {
                batches++;
                for (String member : ledger.list(id, "members")) {
                    if (homes.put(member, id) != null) {
                        return Optional.of("%s is in two batches".formatted(member));
                    }
                }
            }
        }
        for (String id : ledger.ids()) {
            if (ledger.get(id).containsKey("fence") && !ledger.text(id, "batch").equals(homes.get(id))) {
                return Optional.of("%s names %s and is in %s".formatted(id, ledger.text(id, "batch"), homes.get(id)));
            }
        }
        return missing(world, end, batches, homes);
    }

    private Optional<String> missing(World world, int end, long batches, Map<String, String> homes) {
        List<Integer> customers = world.frozen.values().stream().flatMap(reading -> reading.rows.stream()).map(Row::customer).toList();
        for (int customer : THERE_ALL_THE_TIME) {
            if (customers.stream().filter(one -> one == customer).count() != 1) {
                return Optional.of("customer %d is on %s".formatted(customer, world.frozen));
            }
        }
        long skipped = 0;
        for (int n : world.frozen.keySet()) {
            String id = new PageId(RUN, n).toString();
            PageState state = state(world, id);
            if (n < end && state != PageState.PLANNED) {
                return Optional.of("%s is %s at the end".formatted(id, state.wire()));
            }
            if (n < end) {
                skipped += ((Skips) ((Map<?, ?>) world.ledger.get(id).get("skipped")).get(Channel.EMAIL.wire())).duplicateAddress();
            }
        }
        if (skipped + homes.size() != customers.size()) {
            return Optional.of("%d customers, %d planned, %d skipped".formatted(customers.size(), homes.size(), skipped));
        }
        String last = new PageId(RUN, end).toString();
        if (world.ledger.has(last) && world.ledger.number(last, "batchCount") != batches) {
            return Optional.of("the end counts %d batches of %d".formatted(world.ledger.number(last, "batchCount"), batches));
        }
        return Optional.empty();
    }

    /** Planned to its end, and the run says so. */
    boolean atRest(World world) {
        return world.ledger.text(RUN, "state").equals("sending")
                && world.ledger.ids().stream().anyMatch(id -> PageState.END.wire().equals(world.ledger.get(id).get("state")));
    }

    private static Map<String, Object> page(PassedPages<Integer> passed, Reading read, PageState state) {
        Map<String, Object> page = new HashMap<>(Map.of("_id", new PageId(RUN, passed.next()).toString(), "n", passed.next(), "state",
                state.wire(), "reading", read, "batchCount", passed.batches()));
        page.put("from", passed.after());
        page.put("to", read.to);
        return page;
    }

    private static PageState state(World world, String page) {
        return PageState.valueOf(world.ledger.text(page, "state").toUpperCase(Locale.ROOT));
    }

    private static long epoch(World world) {
        return (Long) ((Map<?, ?>) world.ledger.get(RUN).get("planner")).get("epoch");
    }

    private static String id(Planner planner) {
        return new PageId(RUN, planner.passed.next()).toString();
    }

    private static String batch(Planner planner) {
        return new BatchId(RUN, planner.passed.next(), Channel.EMAIL).toString();
    }

    private static List<String> customers(String... addresses) {
        return Arrays.asList(addresses);
    }
}
