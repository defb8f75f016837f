package org.campaignrecovery.api.backlog;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;
import java.util.function.ToDoubleFunction;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.sending.SendingSwitchRepository;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;
import org.jboss.logging.Logger;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.StartupEvent;
import io.quarkus.scheduler.Scheduled;
import io.smallrye.mutiny.Uni;

/** What is left to do, as metrics, counted now and then. Every api tells the same, and nothing while it cannot know. */
@ApplicationScoped
class BacklogGauges {
    private static final Logger LOG = Logger.getLogger(BacklogGauges.class);

    private final BacklogRepository ledger;
    private final SendingSwitchRepository sending;
    private final LedgerClock clock;
    private final LedgerGate gate;
    private final MeterRegistry registry;
    private final Standstill standstill = new Standstill();
    private volatile Look last;

    BacklogGauges(BacklogRepository ledger, SendingSwitchRepository sending, LedgerClock clock, LedgerGate gate, MeterRegistry registry) {
        this.ledger = ledger;
        this.sending = sending;
        this.clock = clock;
        this.gate = gate;
        this.registry = registry;
    }

    private record Look(Backlog backlog, Duration standstill) {
    }

    void start(@Observes StartupEvent event) {
        deliveries("campaign.deliveries.pending", "Open deliveries that could be worked on now", Backlog::now);
        deliveries("campaign.deliveries.waiting", "Open deliveries that wait for a time: a retry, a send window, a provider",
                Backlog::later);
        for (RunState state : List.of(RunState.PLANNING, RunState.SENDING)) {
            Gauge.builder("campaign.runs.open", () -> known(look -> look.backlog.runs(state))).description("Runs that are under way")
                    .tag("state", state.wire()).register(registry);
        }
        Gauge.builder("campaign.runs.standstill", () -> known(look -> look.standstill.toMillis() / 1e3)).baseUnit("seconds")
                .description("For how long at most nothing has changed in a run that ought to get on").register(registry);
    }

    private void deliveries(String name, String description, Function<Backlog, List<OpenWork>> which) {
        for (Channel channel : Channel.values()) {
            Gauge.builder(name, () -> known(look -> Backlog.deliveries(which.apply(look.backlog)).get(channel))).description(description)
                    .tag("channel", channel.wire()).register(registry);
        }
    }

    private double known(ToDoubleFunction<Look> value) {
        Look look = last;
        return look == null ? Double.NaN : value.applyAsDouble(look);
    }

    @Scheduled(every = "15s", concurrentExecution = Scheduled.ConcurrentExecution.SKIP)
    Uni<Void> count() {
        return gate.isOpen()
                ? Uni.createFrom().deferred(this::read).invoke(this::seen).replaceWithVoid().onFailure().invoke(this::unseen).onFailure()
                        .recoverWithNull()
                : Uni.createFrom().voidItem();
    }

    private Uni<Backlog> read() {
        Instant now = clock.now();
        return Uni.combine().all()
                .unis(ledger.runs(), ledger.paused(), sending.position(), ledger.now(now), ledger.later(now))
                .with((runs, paused, position, work, later) -> new Backlog(runs, paused, position.stopped(), work, later));
    }

    private void seen(Backlog backlog) {
        last = new Look(backlog, standstill.look(backlog.expected(), backlog.now(), System.nanoTime()));
    }

    private void unseen(Throwable failure) {
        LOG.debugf("what is open could not be counted: %s", failure.getMessage());
        standstill.gap();
        last = null;
    }
}
