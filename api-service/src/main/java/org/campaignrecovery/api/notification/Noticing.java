package org.campaignrecovery.api.notification;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.function.Function;

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
        List<AuditDocument> worthTelling = changes.stream().filter(change -> NotificationKind.of(change).isPresent()).toList();
        return noteNew(worthTelling, AuditDocument::id, change -> events.name(change.campaign())
                .map(name -> new NotificationDocument(change.id(), NotificationKind.of(change).orElseThrow(), change.at(),
                        change.campaign(),
                        name, null, change.who(), change.why(), NotificationState.PENDING, 0, now)));
    }

    private Uni<Void> doubt(List<String> runs, Instant now) {
        return noteNew(runs, Noticing::doubtId, run -> {
            String campaign = RunId.parse(run).campaignId();
            return events.name(campaign).map(name -> new NotificationDocument(doubtId(run), NotificationKind.IN_DOUBT, now, campaign, name,
                    run, null, "it is not known whether some messages were sent: look at the run's deliveries in state in_doubt",
                    NotificationState.PENDING, 0, now));
        });
    }

    private static String doubtId(String run) {
        return "doubt:" + run;
    }

    /** Only what is new costs more than one query for all: the same events are seen again at every look. */
    private <T> Uni<Void> noteNew(List<T> seen, Function<T, String> id, Function<T, Uni<NotificationDocument>> notification) {
        return notifications.known(seen.stream().map(id).toList()).chain(known -> Multi.createFrom().iterable(seen)
                .filter(one -> !known.contains(id.apply(one))).onItem().transformToUniAndConcatenate(one -> notification.apply(one)
                        .chain(notifications::note))
                .collect().last().replaceWithVoid());
    }
}
