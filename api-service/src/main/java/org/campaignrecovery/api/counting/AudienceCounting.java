package org.campaignrecovery.api.counting;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.CustomerIds;
import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.api.consent.Suppressions;
import org.campaignrecovery.api.load.Slots;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.audience.AudienceCursor;
import org.campaignrecovery.ledger.audience.Audiences;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.channel.Channel;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Reads an audience as planning reads it, and counts instead. Nothing is stored. */
@ApplicationScoped
class AudienceCounting {
    private static final int AT_ONCE = 500;

    private final Audiences audiences;
    private final Suppressions suppressions;
    private final AddressNormaliser normaliser;
    private final CountingConfig config;
    private final Slots slots = new Slots(1, "another audience is being counted here; please try again in a moment");

    AudienceCounting(Audiences audiences, Suppressions suppressions, ScheduleConfig schedule, CountingConfig config) {
        this.audiences = audiences;
        this.suppressions = suppressions;
        this.normaliser = new AddressNormaliser(schedule.defaultRegion());
        this.config = config;
    }

    Uni<AudienceCount> of(CampaignDocument.Audience audience, List<Channel> channels) {
        return count(() -> audiences.open(audience, Set.of(), null, () -> {
        }), channels);
    }

    Uni<AudienceCount> of(Targets.Ids named, List<Channel> channels) {
        return count(() -> {
            CustomerIds ids = CustomerIds.of(named.ids());
            return audiences.open(ids.segment(), ids.parts(), Set.of());
        }, channels);
    }

    private Uni<AudienceCount> count(Supplier<AudienceCursor> opening, List<Channel> channels) {
        return slots.within(Uni.createFrom().item(opening).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain(cursor -> new Count(cursor, channels).go()));
    }

    /** One audience on its way through. */
    private final class Count {
        private final AudienceCursor cursor;
        private final AudienceTally tally;
        private final long end = System.nanoTime() + config.patience().toNanos();

        Count(AudienceCursor cursor, List<Channel> channels) {
            this.cursor = cursor;
            this.tally = new AudienceTally(channels, normaliser);
        }

        Uni<AudienceCount> go() {
            return Uni.createFrom().deferred(() -> cursor.next(AT_ONCE)).emitOn(Infrastructure.getDefaultWorkerPool()).call(this::add)
                    .repeat()
                    .whilst(entries -> !entries.isEmpty() && !enough()).collect().last().map(last -> tally.count(last.isEmpty()))
                    .onTermination().invoke(cursor::close);
        }

        private Uni<Void> add(List<AudienceCursor.Entry> entries) {
            return suppressions.among(tally.add(entries.stream().map(AudienceCursor.Entry::customer).toList())).invoke(tally::suppressed)
                    .replaceWithVoid();
        }

        private boolean enough() {
            return tally.customers() >= config.customers() || System.nanoTime() - end > 0;
        }
    }
}
