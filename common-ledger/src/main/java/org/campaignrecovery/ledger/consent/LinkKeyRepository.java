package org.campaignrecovery.ledger.consent;

import java.security.SecureRandom;
import java.time.temporal.ChronoUnit;
import java.util.Base64;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.consent.UnsubscribeLinks;

import io.smallrye.mutiny.Uni;

/** The links to unsubscribe, under the ledger's own key, which the first process that asks for it makes. */
@ApplicationScoped
public class LinkKeyRepository implements GuardedRepository<LinkKeyDocument> {
    private static final String UNSUBSCRIBE = "unsubscribe";

    private final LedgerClock clock;
    private volatile UnsubscribeLinks known;

    LinkKeyRepository(LedgerClock clock) {
        this.clock = clock;
    }

    /** The same for all processes; asks the ledger once. */
    public Uni<UnsubscribeLinks> links() {
        UnsubscribeLinks links = known;
        return links != null
                ? Uni.createFrom().item(links)
                : byId(UNSUBSCRIBE).onItem().ifNull().switchTo(this::make)
                        .map(document -> new UnsubscribeLinks(Base64.getDecoder().decode(document.key())))
                        .invoke(read -> known = read);
    }

    private Uni<LinkKeyDocument> make() {
        byte[] key = new byte[UnsubscribeLinks.KEY_BYTES];
        new SecureRandom().nextBytes(key);
        LinkKeyDocument made = new LinkKeyDocument(UNSUBSCRIBE, Base64.getEncoder().encodeToString(key),
                clock.now().truncatedTo(ChronoUnit.MILLIS));
        return mongoCollection().insertOne(made).onFailure(Duplicates::isDuplicateKey).recoverWithNull().chain(() -> byId(UNSUBSCRIBE));
    }
}
