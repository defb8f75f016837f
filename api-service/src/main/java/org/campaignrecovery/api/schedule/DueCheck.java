package org.campaignrecovery.api.schedule;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/** Looks a little ahead for scheduled campaigns, waits for the instant of each by the ledger's clock, and tries to start it. */
@ApplicationScoped
public class DueCheck {
    private static final Logger LOG = Logger.getLogger(DueCheck.class);
    private static final int AT_ONCE = 1_000;
    /** Timers may fire a little early. */
    private static final Duration SHORTEST_WAIT = Duration.ofMillis(2);

    private final CampaignRepository campaigns;
    private final DueStart start;
    private final LedgerClock clock;
    private final ScheduleConfig config;
    private final Set<String> inHand = ConcurrentHashMap.newKeySet();

    DueCheck(CampaignRepository campaigns, DueStart start, LedgerClock clock, ScheduleConfig config) {
        this.campaigns = campaigns;
        this.start = start;
        this.clock = clock;
        this.config = config;
    }

    /** Completes when the due campaigns are in hand, not when they have started: the next look must not wait for them. */
    Uni<Void> look() {
        return campaigns.dueUntil(clock.now().plus(config.lookAhead()), AT_ONCE).invoke(due -> due.forEach(this::take)).replaceWithVoid();
    }

    private void take(CampaignDocument campaign) {
        if (!inHand.add(campaign.id)) {
            return;
        }
        untilDue(campaign.nextRunAt).chain(() -> start.attempt(campaign)).onTermination().invoke(() -> inHand.remove(campaign.id))
                .subscribe().with(
                        result -> LOG.debugf("tried campaign=%s result=%s", campaign.id, result),
                        failure -> LOG.warnf("could not start campaign=%s (%s): the next look tries again", campaign.id,
                                failure.getMessage()));
    }

    private Uni<Void> untilDue(Instant due) {
        return Uni.createFrom().deferred(() -> {
            Duration left = Duration.between(clock.now(), due);
            if (left.isNegative() || left.isZero()) {
                return Uni.createFrom().voidItem();
            }
            Duration wait = left.compareTo(SHORTEST_WAIT) < 0 ? SHORTEST_WAIT : left;
            return Uni.createFrom().voidItem().onItem().delayIt().by(wait).chain(() -> untilDue(due));
        });
    }
}
