package org.campaignrecovery.worker.delivery;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.share.SharedAnswer;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.schedule.SendWindow;
import org.campaignrecovery.worker.campaign.CampaignRepository;
import org.campaignrecovery.worker.run.RunContents.RunContent;

import io.smallrye.mutiny.Uni;

/**
 * Whether a run may send: whether the ledger goes on from where it was seen before, the campaign's status, its end date, the switch for
 * everything and the send window, read from the ledger at most twice a second per run. The age of a reading counts from the moment at which
 * the ledger was asked.
 */
@ApplicationScoped
public class ControlReader {
    /** Half of what the last gate bears, so that a group rarely waits for a reading. */
    private static final Duration FRESH = Duration.ofMillis(500);
    private static final Duration FORGOTTEN = Duration.ofMinutes(1);
    /** A failed campaign waits for an operator as a paused one does. */
    private static final Set<CampaignStatus> RESTING = EnumSet.of(CampaignStatus.PAUSED, CampaignStatus.FAILED, CampaignStatus.MISSED);

    private final CampaignRepository campaigns;
    private final SendingSwitchRepository sending;
    private final LedgerClock clock;
    private final Map<String, Reading> latest = new ConcurrentHashMap<>();
    private final Map<String, Uni<Reading>> underWay = new ConcurrentHashMap<>();

    ControlReader(CampaignRepository campaigns, SendingSwitchRepository sending, LedgerClock clock) {
        this.campaigns = campaigns;
        this.sending = sending;
        this.clock = clock;
    }

    /** A reading that is at most half a second old; one query serves all who ask meanwhile. */
    public Uni<Reading> read(RunContent run) {
        return Uni.createFrom().deferred(() -> {
            Reading reading = latest.get(run.runId());
            if (reading != null && reading.age().compareTo(FRESH) < 0) {
                return Uni.createFrom().item(reading);
            }
            return underWay.computeIfAbsent(run.runId(), id -> SharedAnswer.of(ask(run).onTermination().invoke(() -> underWay.remove(id))));
        });
    }

    private Uni<Reading> ask(RunContent run) {
        return Uni.createFrom().deferred(() -> {
            long asked = System.nanoTime();
            Uni<CampaignStatus> status = campaigns.status(run.campaignId());
            return Uni.combine().all().unis(status.map(Optional::ofNullable), sending.read())
                    .with((campaign, everything) -> new Reading(control(campaign.orElse(null), everything, run, clock.now()), asked))
                    .invoke(reading -> {
                        latest.put(run.runId(), reading);
                        latest.values().removeIf(old -> old.age().compareTo(FORGOTTEN) > 0);
                    });
        });
    }

    private static Control control(CampaignStatus campaign, Control everything, RunContent run, Instant now) {
        if (everything == Control.HELD) {
            return Control.HELD;
        }
        if (campaign == null || campaign == CampaignStatus.CANCELLED) {
            return Control.CANCELLED;
        }
        if (run.frozen().endDate() != null && now.isAfter(run.frozen().endDate())) {
            return Control.ENDED;
        }
        if (everything == Control.STOPPED) {
            return Control.STOPPED;
        }
        if (RESTING.contains(campaign)) {
            return Control.PAUSED;
        }
        return window(run).filter(window -> !window.contains(now)).map(closed -> Control.OUTSIDE_WINDOW).orElse(Control.SENDING);
    }

    private static Optional<SendWindow> window(RunContent run) {
        return run.frozen().delivery().sendWindowIn(run.frozen().timeZone());
    }

    /** From when on a run that is outside its send window may send. */
    public static Instant opening(RunContent run, Instant now) {
        return window(run).map(window -> window.nextOpening(now)).orElse(now);
    }

    /** What was read, and when it was asked for on this process's monotonic clock. */
    public record Reading(Control control, long askedNanos) {

        /** Whether the run may go on later, but not now. */
        public boolean resting() {
            return control.resting();
        }

        /** Whether what is left of the run will never be sent. */
        public boolean over() {
            return control == Control.CANCELLED || control == Control.ENDED;
        }

        public Duration age() {
            return Duration.ofNanos(System.nanoTime() - askedNanos);
        }
    }
}
