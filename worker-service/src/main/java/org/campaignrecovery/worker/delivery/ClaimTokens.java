package org.campaignrecovery.worker.delivery;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.startup.BootId;
import org.campaignrecovery.model.delivery.ClaimToken;

/**
 * The claim tokens of this process. A token is live from before its claim is issued until every message claimed under it has an
 * acknowledged outcome or release. A member found in {@code sending} under a token that is not live was never handed to a provider; so a
 * token whose group ended in an unforeseen failure stays live, and its messages end in doubt, not in a second copy.
 */
@ApplicationScoped
public class ClaimTokens {
    private final String bootId;
    private final AtomicLong sequence = new AtomicLong();
    private final Set<ClaimToken> live = ConcurrentHashMap.newKeySet();

    ClaimTokens(BootId boot) {
        this.bootId = boot.value();
    }

    /** A token never used before, live from now on. */
    public ClaimToken next() {
        ClaimToken token = new ClaimToken(bootId, sequence.incrementAndGet());
        live.add(token);
        return token;
    }

    /** Nothing under this token waits for an outcome any more. */
    public void settled(ClaimToken token) {
        live.remove(token);
    }

    public boolean live(ClaimToken token) {
        return live.contains(token);
    }
}
