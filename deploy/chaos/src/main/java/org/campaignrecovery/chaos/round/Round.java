package org.campaignrecovery.chaos.round;

import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;
import java.util.stream.Collectors;

import org.bson.Document;
import org.campaignrecovery.chaos.fault.Play;
import org.campaignrecovery.chaos.report.RoundReport;
import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.chaos.stage.Door;
import org.campaignrecovery.chaos.stage.Incarnation;
import org.campaignrecovery.chaos.stage.Stage;
import org.campaignrecovery.chaos.watch.Accounts;
import org.campaignrecovery.chaos.watch.ClaimWatch;
import org.campaignrecovery.chaos.watch.IdentityWatch;
import org.campaignrecovery.chaos.watch.Rest;
import org.campaignrecovery.chaos.watch.StateWatch;
import org.campaignrecovery.chaos.watch.Takeovers;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiException;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.orders.SampleOrders;
import org.campaignrecovery.local.processes.Poll;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;

/** One campaign under its plan of faults, from empty directories to the comparison with what its addressees were handed. */
public final class Round {
    private static final int APIS = 2;
    /** Enough pages for the planner to die between two of them. */
    private static final int PAGES = 40;
    private static final int LEAST_PAGE = 25;
    /** Long enough for a look at the claim of what is being sent (invariant 6), and for something to be in the air when somebody dies. */
    private static final Duration ANSWER_DELAY = Duration.ofMillis(40);
    private static final Duration UNTIL_DUE = Duration.ofSeconds(4);
    private static final Duration STARTS_WITHIN = Duration.ofSeconds(60);
    private static final Duration LONGEST = Duration.ofMinutes(6);
    private static final Duration LOOK_EVERY = Duration.ofMillis(250);
    private static final Duration PER_STRIKE = Duration.ofSeconds(15);
    private static final Duration AT_REST_WITHIN = Duration.ofSeconds(60);
    private static final Duration TAKEN_OVER_WITHIN = Duration.ofSeconds(25);
    private static final List<String> API_SETTINGS = List.of("quarkus.log.category.\"org.campaignrecovery\".level=DEBUG");
    /** Retries soon, so that a round does not last longer for them. */
    private static final List<String> WORKER_SETTINGS = List.of("campaign.sending.retry.first-delay=1s",
            "campaign.sending.retry.max-delay=4s", "quarkus.log.category.\"org.campaignrecovery.worker.batch\".level=DEBUG");

    private final Plan plan;
    private final SampleOrders orders;
    private final int recipients;
    private final Timeline timeline = new Timeline();
    private final Violations violations = new Violations(timeline);
    private final Path directory;
    private Stage stage;
    private Door door;
    private String campaign;
    private String run;
    private Instant due;
    private Play play;

    /** @param directory is emptied */
    public Round(Plan plan, int recipients, Path directory) {
        this.plan = plan;
        this.orders = new SampleOrders(plan.seed(), recipients);
        this.recipients = recipients;
        this.directory = directory;
    }

    public Timeline timeline() {
        return timeline;
    }

    /** Never throws because of what the product does wrong: that is in the report. */
    public RoundReport play() {
        timeline.note("%s", plan);
        try (Stage open = new Stage(directory, ANSWER_DELAY, String.valueOf(plan.seed()), timeline)) {
            stage = open;
            open.open(violations);
            CompletableFuture<Void> loaded = CompletableFuture.runAsync(() -> open.load(orders));
            raise();
            loaded.join();
            begin();
            return watched();
        }
    }

    private void raise() {
        stage.equip(ServiceKind.API, plan.armed(ServiceKind.API), API_SETTINGS);
        List<String> ofWorkers = new ArrayList<>(WORKER_SETTINGS);
        ofWorkers.add("campaign.planning.page=" + Math.max(LEAST_PAGE, recipients / PAGES));
        stage.equip(ServiceKind.WORKER, plan.armed(ServiceKind.WORKER), ofWorkers);
        if (plan.clocksApart() && !stage.setAnHourAhead(2)) {
            timeline.note("no C compiler: both apis live at the same time");
        }
        if (plan.loses()) {
            stage.putBehindProxy(1, new Random(plan.seed()));
        }
        for (int number = 1; number <= APIS; number++) {
            stage.fleet().start(ServiceKind.API, number);
        }
        for (int number = 1; number <= plan.workers(); number++) {
            stage.fleet().start(ServiceKind.WORKER, number);
        }
        await("the fleet is ready", Duration.ofSeconds(120), () -> stage.fleet().healthy(ServiceKind.API).size() == APIS
                && stage.fleet().healthy(ServiceKind.WORKER).size() == plan.workers());
        door = stage.door(APIS);
    }

    private void begin() {
        due = Instant.now().plus(UNTIL_DUE);
        CampaignDraft draft = CampaignDraft.toEverybody("chaos " + plan.seed(), due).with("channels", plan.channels());
        if (plan.ratePerSecond() > 0) {
            draft.with("delivery", Map.of("ratePerSecond", plan.ratePerSecond()));
        }
        if (!plan.channels().contains("sms")) {
            draft.without("sms");
        }
        campaign = new Campaigns(stage.services().login(LocalUsers.MARKETER), stage.services().login(LocalUsers.MANAGER)).launch(draft);
        timeline.note("campaign=%s is approved, due at %s", campaign, due);
        stage.watch();
        await("the campaign has started", STARTS_WITHIN, this::started);
        timeline.note("run=%s", run);
    }

    private boolean started() {
        try {
            Document found = stage.database().getCollection("runs").find(Filters.eq("campaignId", campaign)).first();
            run = found == null ? null : found.getString("_id");
        } catch (MongoException e) {
            timeline.note("the ledger does not answer: %s", e.getMessage());
        }
        return run != null;
    }

    private RoundReport watched() {
        play = new Play(stage, door, campaign, run, new Random(plan.seed()), timeline, violations);
        try (IdentityWatch identity = new IdentityWatch(this::look, violations);
                ClaimWatch claims = new ClaimWatch(stage.smtpRecord(), stage.smsRecord(), stage::database, run, violations);
                StateWatch states = new StateWatch(stage::database, run, plan.seed(), violations);
                Takeovers takeovers = new Takeovers(stage::database, run, this::takeoverPossible, this::survivors, timeline);
                Lanes lanes = new Lanes(play, plan.strikes())) {
            stage.fleet().onDeath(dead -> mourn(dead, takeovers));
            send(claims, lanes, takeovers);
            Accounts sent = read();
            judgeDoubt(sent);
            if (plan.orders() && sent.count("in_doubt") > 0) {
                order(lanes);
            }
            judgeStart(claims);
            judgeSilences(claims);
            Accounts last = read();
            last.compare(violations);
            judgeReach(last);
            judgeDoubt(last);
            new Replay(stage, run, campaign, claims.accepted(), timeline, violations).judge(door, this::read);
            takeovers.seconds().stream().filter(seconds -> seconds > TAKEN_OVER_WITHIN.toSeconds())
                    .forEach(seconds -> violations.add(0, "a takeover lasted %.1f s", seconds));
            return report(last, Math.max(sent.count("in_doubt"), last.count("in_doubt")), lanes, takeovers,
                    Map.of("identity", identity.looks(), "claims", claims.checked(), "states",
                            states.changes()));
        }
    }

    private RunProgress look() {
        return new RunProgress(door.askNow(LocalUsers.OPERATOR, api -> api.get("/api/runs/" + run)));
    }

    private Accounts read() {
        return Accounts.read(stage.database(), run, stage.smtpRecord(), stage.smsRecord());
    }

    private boolean takeoverPossible() {
        return stage.ledger().map(server -> server.up()).orElse(true) && !play.silent();
    }

    private Set<String> survivors() {
        return stage.fleet().healthy(ServiceKind.WORKER).stream().flatMap(one -> one.bootId().stream()).collect(Collectors.toSet());
    }

    private void mourn(Incarnation dead, Takeovers takeovers) {
        if (dead.kind() == ServiceKind.WORKER) {
            dead.bootId().ifPresent(bootId -> takeovers.died(dead.name(), bootId));
        }
    }

    /** Until the run is at rest, or has had its time. */
    private void send(ClaimWatch claims, Lanes lanes, Takeovers takeovers) {
        int messages = Math.max(1, expected());
        long deadline = System.nanoTime() + LONGEST.plus(PER_STRIKE.multipliedBy(plan.strikes().size())).toNanos();
        while (System.nanoTime() < deadline) {
            lanes.reached((double) claims.accepted().count() / messages);
            takeovers.overdue(TAKEN_OVER_WITHIN.plusSeconds(30)).forEach(work -> violations.add(0, "nobody takes over %s", work));
            if (!lanes.busy() && atRest(lanes)) {
                lanes.drop();
                timeline.note("at rest: %d messages accepted", claims.accepted().count());
                return;
            }
            Poll.until(LOOK_EVERY, () -> false);
        }
        violations.add(10, "the round did not end in its time");
    }

    /** True also when it is too late to wait for it, and then it is said. */
    private boolean atRest(Lanes lanes) {
        List<String> missing;
        try {
            missing = Rest.missing(stage.database(), campaign, run);
        } catch (MongoException e) {
            return false;
        }
        if (missing.isEmpty()) {
            return true;
        }
        long lastFault = Math.max(lanes.latestEndNanos(), stage.fleet().lastDeathNanos());
        boolean late = (lanes.exhausted() || cancelled()) && System.nanoTime() - lastFault > AT_REST_WITHIN.toNanos();
        if (late) {
            missing.forEach(sentence -> violations.add(10, "%d s after the last fault %s", AT_REST_WITHIN.toSeconds(), sentence));
        }
        return late;
    }

    private boolean cancelled() {
        return play.silences().stream().anyMatch(silence -> silence.order().equals("cancel"));
    }

    private int expected() {
        return plan.channels().stream().mapToInt(this::expected).sum();
    }

    private int expected(String channel) {
        return (channel.equals("email") ? orders.email() : orders.sms()).planned();
    }

    private void order(Lanes lanes) {
        try {
            door.ask(LocalUsers.OPERATOR, api -> api.post("/api/runs/" + run + "/resolve", Map.of("decision", "resend", "all", true)));
            timeline.note("what is in doubt is ordered to be sent again");
        } catch (ApiException e) {
            violations.add(0, "the order to send again what is in doubt was refused: %s", e.getMessage());
            return;
        }
        boolean rests = Poll.until(AT_REST_WITHIN.plusSeconds(30), Duration.ofMillis(200), () -> {
            try {
                return Rest.missing(stage.database(), campaign, run).isEmpty();
            } catch (MongoException e) {
                return false;
            }
        });
        if (!rests) {
            Rest.missing(stage.database(), campaign, run).forEach(sentence -> violations.add(10, "after the order %s", sentence));
        }
    }

    /** Invariant 8: two schedulers, one run, and not before its time. */
    private void judgeStart(ClaimWatch claims) {
        long runs = stage.database().getCollection("runs").countDocuments(Filters.eq("campaignId", campaign));
        if (runs != 1) {
            violations.add(8, "the campaign has %d runs", runs);
        }
        long starts = stage.database().getCollection("audit")
                .countDocuments(
                        Filters.and(Filters.eq("campaign", campaign), Filters.eq("from", "scheduled"), Filters.eq("to", "processing")));
        if (starts != 1) {
            violations.add(8, "the campaign was started %d times", starts);
        }
        long early = claims.accepted().before(due);
        if (early > 0) {
            violations.add(8, "%d messages were accepted before the campaign was due", early);
        }
    }

    /** Invariant 9. */
    private void judgeSilences(ClaimWatch claims) {
        for (Play.Silence silence : play.silences()) {
            long late = claims.accepted().between(silence.since().plus(Duration.ofSeconds(10)), silence.until());
            if (late > 0) {
                violations.add(9, "%d messages were accepted more than 10 s after the %s was acknowledged", late, silence.order());
            }
        }
    }

    /** Invariant 2, from the other side: everybody who can be reached is planned, unless the campaign was cancelled. */
    private void judgeReach(Accounts accounts) {
        for (String channel : plan.channels()) {
            int planned = accounts.planned(channel);
            if (planned > expected(channel) || planned < expected(channel) && !cancelled()) {
                accounts.missing(expected(channel) - planned);
                violations.add(2, "%d of %d are planned by %s", planned, expected(channel), channel);
            }
        }
    }

    /** Invariant 4. */
    private void judgeDoubt(Accounts accounts) {
        for (String channel : plan.channels()) {
            int doubt = accounts.count(channel, "in_doubt");
            if (doubt > bound(channel)) {
                violations.add(4, "%d of %s are in doubt, %d workers were killed or deposed and %d answers were ambiguous", doubt, channel,
                        killed(), ambiguous(channel));
            }
            DoubtBound.contradictions(channel, accounts.in(channel, "in_doubt"), stage.fleet())
                    .forEach(sentence -> violations.add(4, "%s", sentence));
        }
    }

    private int bound(String channel) {
        return DoubtBound.PER_PROCESS.get(channel) * killed() + ambiguous(channel);
    }

    /** Answers of the providers that left the sender in the dark. */
    private int ambiguous(String channel) {
        return (int) stage.providers().injected().stream().filter(strike -> strike.ambiguous() && strike.channel().equals(channel)).count();
    }

    private int killed() {
        return (int) stage.fleet().all().stream().filter(one -> one.kind() == ServiceKind.WORKER && one.killedOrDeposed()).count();
    }

    private RoundReport report(Accounts accounts, int inDoubt, Lanes lanes, Takeovers takeovers, Map<String, Integer> looks) {
        Map<String, Integer> points = new TreeMap<>();
        stage.crashes().hits().keySet().forEach(point -> points.put(point, 1));
        int bound = plan.channels().stream().mapToInt(this::bound).sum();
        Map<String, Integer> faults = lanes.struck();
        if (plan.clocksApart()) {
            faults.put("clocks-an-hour-apart", 1);
        }
        return new RoundReport(plan.seed(), faults, points, accounts.planned(), accounts.count("sent"), inDoubt, bound,
                killed(), accounts.resent(), accounts.duplicates(), accounts.lost(), takeovers.seconds(), new TreeMap<>(looks),
                timeline.seconds(), violations.sentences());
    }

    private void await(String what, Duration limit, BooleanSupplier condition) {
        if (!Poll.until(limit, Duration.ofMillis(100), condition)) {
            throw new IllegalStateException("not within " + limit.toSeconds() + " s: " + what + "\n" + logs());
        }
    }

    private String logs() {
        StringBuilder tails = new StringBuilder();
        for (Incarnation one : stage.fleet().all()) {
            Service service = one.service();
            tails.append("--- ").append(service.name()).append('\n').append(service.process().log().lines(15)).append('\n');
        }
        return tails.toString();
    }
}
