package org.campaignrecovery.api.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.model.run.RunId;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Notices in the ledger what is to be told. Nobody has to tell it: what happens is in the ledger anyway, so that a crash between an event
 * and its notification loses nothing. Every api may do it; the same event is kept once.
 */
@ApplicationScoped
class Noticing {
    /** An entry of the audit may come later than its time says: its writer has died, or its clock is late. */
    private static final Duration OVERLAP = Duration.ofMinutes(10);

    private final EventsRepository events;
    private final NotificationRepository notifications;
    private final NotificationConfig config;
    private volatile Instant since;

    Noticing(EventsRepository events, NotificationRepository notifications, NotificationConfig config) {
        this.events = events;
        this.notifications = notifications;
        this.config = config;
    }

    Uni<Void> look(Instant now) {
        return since(now).chain(events::changes).chain(changes -> note(changes, now)).chain(() -> events.runsInDoubt())
                .chain(runs -> doubt(runs, now)).invoke(() -> since = now.minus(OVERLAP));
    }

    /** After a time in which nobody has looked: from where somebody has noticed something last. */
    private Uni<Instant> since(Instant now) {
        return since != null
                ? Uni.createFrom().item(since)
                : notifications.latest().map(latest -> latest.filter(at -> at.isAfter(now.minus(config.maxAge()))).orElse(now)
                        .minus(OVERLAP));
    }

    private Uni<Void> note(List<AuditDocument> changes, Instant now) {
        return Multi.createFrom().iterable(changes).onItem().transformToUniAndConcatenate(change -> NotificationKind.of(change)
                .map(kind -> events.name(change.campaign()).map(name -> Optional.of(new NotificationDocument(change.id(), kind, change.at(),
                        change.campaign(), name, null, change.who(), change.why(), NotificationState.PENDING, 0, now))))
                .orElseGet(() -> Uni.createFrom().item(Optional.empty()))).filter(Optional::isPresent).map(Optional::get).collect()
                .asList().chain(notifications::note);
    }

    private Uni<Void> doubt(List<String> runs, Instant now) {
        return Multi.createFrom().iterable(runs).onItem().transformToUniAndConcatenate(run -> {
            String campaign = RunId.parse(run).campaignId();
            return events.name(campaign)
                    .map(name -> new NotificationDocument("doubt:" + run, NotificationKind.IN_DOUBT, now, campaign, name,
                            run, null, "it is not known whether some messages were sent: look at the run's deliveries in state in_doubt",
                            NotificationState.PENDING, 0, now));
        }).collect().asList().chain(notifications::note);
    }
}
