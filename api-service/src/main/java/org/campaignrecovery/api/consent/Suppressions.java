package org.campaignrecovery.api.consent;

import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.consent.ConsentEventDocument;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Takes addresses on the suppression list and off it, each with an entry in its history. A message that is claimed already is not called
 * back; every later group of its batch asks again.
 */
@ApplicationScoped
public class Suppressions {
    private static final int PORTION = 1_000;

    private final SuppressionRepository list;
    private final ConsentEventRepository log;
    private final LedgerClock clock;

    Suppressions(SuppressionRepository list, ConsentEventRepository log, LedgerClock clock) {
        this.list = list;
        this.log = log;
        this.clock = clock;
    }

    /** An address as it will stand on the list. */
    SuppressionDocument made(Channel channel, String address, SuppressionReason reason, String by, String run, String note) {
        return SuppressionDocument.of(channel, address, reason, clock.now().truncatedTo(ChronoUnit.MILLIS), by, run, note);
    }

    /** How many of the addresses were not on the list yet. Each address comes once. */
    Uni<Integer> add(List<SuppressionDocument> suppressions) {
        return Multi.createFrom().iterable(suppressions).group().intoLists().of(PORTION).onItem()
                .transformToUniAndConcatenate(this::addPortion).collect().asList()
                .map(added -> added.stream().mapToInt(Integer::intValue).sum());
    }

    private Uni<Integer> addPortion(List<SuppressionDocument> suppressions) {
        return list.known(suppressions.stream().map(SuppressionDocument::id).toList()).chain(known -> {
            List<SuppressionDocument> added = suppressions.stream().filter(one -> !known.contains(one.id())).toList();
            return firmer(suppressions, known).chain(() -> added.isEmpty()
                    ? Uni.createFrom().voidItem()
                    : log.suppressed(added).chain(() -> list.add(added))).replaceWith(added.size());
        });
    }

    /** START takes back a STOP, so a STOP gives way to every other reason. */
    private Uni<Void> firmer(List<SuppressionDocument> suppressions, Set<String> known) {
        return Multi.createFrom().iterable(suppressions)
                .filter(one -> known.contains(one.id()) && one.reason() != SuppressionReason.STOP).onItem()
                .transformToUniAndConcatenate(one -> list.byId(one.id()).chain(before -> before == null
                        || before.reason() != SuppressionReason.STOP
                                ? Uni.createFrom().voidItem()
                                : log.suppressed(List.of(one)).chain(() -> list.replace(one, SuppressionReason.STOP)).replaceWithVoid()))
                .collect().asList().replaceWithVoid();
    }

    /**
     * Takes an address off the list.
     *
     * @param only the reason for which it must be there, or null for any
     * @return whether it was on the list
     */
    Uni<Boolean> lift(String id, SuppressionReason only, String by, String note) {
        return list.byId(id).chain(found -> found == null || only != null && found.reason() != only
                ? Uni.createFrom().item(false)
                : log.lifted(
                        new ConsentEventDocument(UUID.randomUUID().toString(), id, clock.now().truncatedTo(ChronoUnit.MILLIS), null, by,
                                null, note))
                        .chain(() -> list.remove(id, only)));
    }

    /** Which of these are on the list. */
    public Uni<Set<String>> among(List<String> ids) {
        return list.known(ids);
    }

    Uni<Optional<SuppressionDocument>> withId(String id) {
        return list.byId(id).map(Optional::ofNullable);
    }
}
