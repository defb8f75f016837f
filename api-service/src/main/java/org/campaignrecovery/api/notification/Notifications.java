package org.campaignrecovery.api.notification;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ThreadLocalRandom;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.retry.RetryDecision;
import org.campaignrecovery.model.retry.RetryPolicy;
import org.jboss.logging.Logger;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.runtime.Startup;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Tells the receiver what becomes of campaigns, each notification at least once: an attempt is begun in the ledger before it is made, so
 * that two apis do not make the same one and what a process that dies has begun is made again.
 */
@Startup
@ApplicationScoped
class Notifications {
    private static final Logger LOG = Logger.getLogger(Notifications.class);
    private static final int AT_ONCE = 50;
    private static final int SHORTEST_SECRET = 16;
    private static final double JITTER = 0.3;
    private static final Duration KEPT = Duration.ofDays(30);

    private final Noticing noticing;
    private final NotificationRepository notifications;
    private final LedgerGate gate;
    private final LedgerClock clock;
    private final RetryPolicy retries;
    private final Duration patience;
    /** Null without a receiver, and in a process that makes no sweeps. */
    private final Webhook webhook;

    Notifications(Noticing noticing, NotificationRepository notifications, LedgerGate gate, LedgerClock clock, NotificationConfig config,
            ScheduleConfig schedule, ObjectMapper json) {
        this.noticing = noticing;
        this.notifications = notifications;
        this.gate = gate;
        this.clock = clock;
        this.retries = new RetryPolicy(Integer.MAX_VALUE, config.firstDelay(), config.maxDelay(), JITTER, config.maxAge());
        this.patience = config.timeout().multipliedBy(2);
        this.webhook = config.webhookUrl().filter(url -> schedule.enabled())
                .map(url -> new Webhook(url, secret(config), config.timeout(), json)).orElse(null);
    }

    private static String secret(NotificationConfig config) {
        return config.webhookSecret().filter(secret -> secret.length() >= SHORTEST_SECRET).orElseThrow(() -> new IllegalStateException(
                "NOTIFICATION_WEBHOOK_SECRET must be set, with at least %d characters, when NOTIFICATION_WEBHOOK_URL is"
                        .formatted(SHORTEST_SECRET)));
    }

    @Scheduled(every = "${campaign.notifications.every:PT5S}", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> sweep() {
        if (webhook == null || !gate.isOpen()) {
            return Uni.createFrom().voidItem();
        }
        return noticing.look(now()).chain(() -> notifications.due(now(), AT_ONCE))
                .chain(due -> Multi.createFrom().iterable(due).onItem().transformToUniAndConcatenate(this::attempt).collect().last())
                .replaceWithVoid().onFailure()
                .invoke(failure -> LOG.warnf("notifications wait for the ledger (%s)", failure.getMessage())).onFailure().recoverWithNull();
    }

    @Scheduled(every = "1h", delayed = "2m", concurrentExecution = ConcurrentExecution.SKIP)
    Uni<Void> forgetOld() {
        return webhook == null || !gate.isOpen()
                ? Uni.createFrom().voidItem()
                : notifications.forget(now().minus(KEPT)).onFailure()
                        .invoke(failure -> LOG.warnf("old notifications are still kept: %s", failure.getMessage())).onFailure()
                        .recoverWithNull();
    }

    private Uni<Void> attempt(NotificationDocument seen) {
        NotificationDocument begun = seen.attempt(now().plus(patience));
        return notifications.replace(seen, begun).chain(mine -> mine
                ? webhook.post(begun, now()).onItemOrFailure()
                        .transformToUni((done, failure) -> notifications.replace(begun, failure == null
                                ? begun.in(NotificationState.DELIVERED)
                                : failed(begun, failure)))
                        .replaceWithVoid()
                : Uni.createFrom().voidItem());
    }

    private NotificationDocument failed(NotificationDocument begun, Throwable failure) {
        RetryDecision decision = retries.next(begun.attempts(), begun.at(), now(), ThreadLocalRandom.current().nextDouble());
        if (decision instanceof RetryDecision.Retry retry) {
            LOG.warnf("the notification %s of campaign=%s was not delivered (%s): again at %s", begun.kind().wire(), begun.campaign(),
                    failure.getMessage(), retry.at());
            return begun.later(retry.at());
        }
        LOG.errorf("the notification %s of campaign=%s is given up after %d attempts: %s", begun.kind().wire(), begun.campaign(),
                begun.attempts(), failure.getMessage());
        return begun.in(NotificationState.GIVEN_UP);
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
