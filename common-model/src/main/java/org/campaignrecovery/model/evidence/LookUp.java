package org.campaignrecovery.model.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * What a provider is asked about an attempt in doubt, and what its answer means. Times are the provider's.
 *
 * @param to the address
 * @param sender as the provider names it
 * @param body the message's text, exactly
 * @param earliest it accepted the message not before
 * @param latest nor after
 */
public record LookUp(String to, String sender, String body, Instant earliest, Instant latest) {

    /** A message that the provider says it has accepted; null where it does not say. */
    public record Listed(String id, String to, String sender, String body, Instant at) {
    }

    /** What the answer means. */
    public sealed interface Finding {
    }

    /** Exactly one message can be this attempt: it is. */
    public record Found(String providerId) implements Finding {
    }

    /** None can be. It stays in doubt all the same: the provider may not list it yet, or not like this. */
    public record Absent() implements Finding {
    }

    /** Several can be, and nobody can tell which. */
    public record Several(int candidates) implements Finding {
    }

    /**
     * The time on the ledger's clock as the provider's clock shows it, in a window.
     *
     * @param begun the claim on the ledger's clock
     * @param doubted when the outcome was given up, on the ledger's clock
     * @param providerAhead what has to be added to the ledger's time to get the provider's
     * @param tolerance what that may be wrong by, to both sides
     */
    public static LookUp of(String to, String sender, String body, Instant begun, Instant doubted, Duration providerAhead,
            Duration tolerance) {
        return new LookUp(to, sender, body, begun.plus(providerAhead).minus(tolerance), doubted.plus(providerAhead).plus(tolerance));
    }

    /** @param known ids that are evidence for a delivery already */
    public Finding find(List<Listed> listed, Set<String> known) {
        List<String> candidates = listed.stream().filter(this::couldBe).map(Listed::id).filter(id -> !known.contains(id)).distinct()
                .toList();
        return switch (candidates.size()) {
            case 0 -> new Absent();
            case 1 -> new Found(candidates.get(0));
            default -> new Several(candidates.size());
        };
    }

    private boolean couldBe(Listed message) {
        return to.equals(message.to) && sender.equals(message.sender) && body.equals(message.body) && message.at != null
                && !message.at.isBefore(earliest) && !message.at.isAfter(latest);
    }
}
