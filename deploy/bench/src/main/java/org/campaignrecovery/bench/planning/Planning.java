package org.campaignrecovery.bench.planning;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Date;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;

import org.bson.Document;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.planning.orders.MadeUpCustomers;
import org.campaignrecovery.bench.planning.orders.OrdersServer;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.processes.Poll;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

/**
 * The planning of a campaign by e-mail to everybody, from the moment at which it is due until its last page, and no message sent: its send
 * window opens hours later. That is what the product does with such a campaign, but for one setting: the window of open batches, which lets
 * a planner be no more than 64 batches ahead of the sending, is as wide as the run. The api stops once the run is there: its metrics add up
 * all open batches every 15 s, of which there are few where that setting is as shipped.
 */
final class Planning {
    private static final long SEED = 6;
    private static final Duration UNTIL_DUE = Duration.ofSeconds(5);
    private static final Duration LONGEST = Duration.ofHours(3);
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);
    private static final double NANOS = 1e9;
    private static final Duration SAY_EVERY = Duration.ofSeconds(30);
    private static final DateTimeFormatter TIME_OF_DAY = DateTimeFormatter.ofPattern("HH:mm");

    private final MadeUpCustomers customers;

    Planning(int customers) {
        this.customers = new MadeUpCustomers(SEED, customers);
    }

    PlanningReport run() throws IOException {
        try (OrdersServer orders = OrdersServer.start(customers); PlanningStage stage = new PlanningStage(orders)) {
            say("starting the servers; the orders of %,d customers are made while they are read", customers.number());
            stage.open(customers.number());
            Campaigns campaigns = stage.campaigns();
            String campaign = campaigns.launch(draft());
            await(stage, "planning", () -> run(stage, campaign).isPresent());
            stage.stopApi();
            await(stage, "planned", () -> run(stage, campaign).filter(run -> run.containsKey("plannedAt")).isPresent());
            OptionalLong workerMb = stage.workerMegabytes();
            stage.stopWorker();
            Document run = run(stage, campaign).orElseThrow();
            double seconds = seconds(run.getDate("scheduledFor"), run.getDate("plannedAt"));
            say("planned in %,.1f s; reading it", seconds);
            PlannedRun planned = PlannedRun.read(stage.ledger());
            return new PlanningReport(customers.number(), planned.deliveries(), seconds, PlanningStage.WORKER_HEAP_MB, workerMb,
                    stage.stackMegabytes(), stage.ledgerBytes(), planned.bytesPerDelivery(), view(stage, campaigns, campaign),
                    isComplete(planned));
        }
    }

    /** How long an api takes to show the run, in seconds; empty when it cannot: what was measured before is not lost over it. */
    private static OptionalDouble view(PlanningStage stage, Campaigns campaigns, String campaign) {
        try {
            stage.startApi();
            long asked = System.nanoTime();
            campaigns.latestRun(campaign);
            return OptionalDouble.of((System.nanoTime() - asked) / NANOS);
        } catch (RuntimeException e) {
            say("the api could not show the run: %s", e);
            return OptionalDouble.empty();
        }
    }

    private static CampaignDraft draft() {
        Instant now = Instant.now();
        return OurCampaign.draft(now.plus(UNTIL_DUE)).with("delivery", Map.of("sendWindow", Map.of("from", timeOfDay(now, 2), "to",
                timeOfDay(now, 1))));
    }

    private static String timeOfDay(Instant now, int hoursAgo) {
        return LocalTime.ofInstant(now.minus(Duration.ofHours(hoursAgo)), ZoneOffset.UTC).format(TIME_OF_DAY);
    }

    private static void await(PlanningStage stage, String what, BooleanSupplier reached) {
        long[] said = {System.nanoTime()};
        boolean ended = Poll.until(LONGEST, LOOK_EVERY, () -> {
            if (System.nanoTime() - said[0] > SAY_EVERY.toNanos()) {
                said[0] = System.nanoTime();
                say("%s %,d pages, %,d deliveries, %,d bytes", Instant.now(), stage.count("pages"), stage.count("deliveries"),
                        stage.ledgerBytes());
            }
            return reached.getAsBoolean();
        });
        if (!ended) {
            throw new IllegalStateException("the run was not %s in time".formatted(what));
        }
    }

    /** From the ledger: an api would add up all its batches each time. */
    private static Optional<Document> run(PlanningStage stage, String campaign) {
        return Optional.ofNullable(stage.ledger().getCollection("runs").find(Filters.eq("campaignId", campaign))
                .projection(Projections.include("scheduledFor", "plannedAt")).first());
    }

    /** Everybody is planned once and nobody else, everybody else is counted, and nothing was sent. */
    private boolean isComplete(PlannedRun planned) {
        return planned.reach().equals(customers.reach()) && planned.deliveries() == customers.reach().planned();
    }

    private static double seconds(Date from, Date to) {
        return (to.getTime() - from.getTime()) / 1e3;
    }

    private static void say(String sentence, Object... values) {
        System.err.println(String.format(sentence, values));
    }
}
