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

/** The ledger's own keys, each of which the first process that asks for it makes; and the links to unsubscribe under theirs. */
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
                : named(UNSUBSCRIBE, UnsubscribeLinks.KEY_BYTES).map(UnsubscribeLinks::new).invoke(read -> known = read);
    }

    /** The key of that name, of so many random bytes; the same for all processes. */
    public Uni<byte[]> named(String name, int bytes) {
        return byId(name).onItem().ifNull().switchTo(() -> make(name, bytes)).map(document -> Base64.getDecoder().decode(document.key()));
    }

    private Uni<LinkKeyDocument> make(String name, int bytes) {
        byte[] key = new byte[bytes];
        new SecureRandom().nextBytes(key);
        LinkKeyDocument made = new LinkKeyDocument(name, Base64.getEncoder().encodeToString(key),
                clock.now().truncatedTo(ChronoUnit.MILLIS));
        return mongoCollection().insertOne(made).onFailure(Duplicates::isDuplicateKey).recoverWithNull().chain(() -> byId(name));
    }
}
