package org.campaignrecovery.model.evidence;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * When a provider is asked what became of an attempt in doubt. Not before {@code first} after its claim: whoever claimed it may still be at
 * work, and its provider may not list it yet. What was asked in vain is asked again so many times, and no more: absence proves nothing.
 *
 * @param again how long after each look-up in vain the next one is due; as many as there are
 */
public record LookUpPolicy(Duration first, List<Duration> again) {

    public LookUpPolicy {
        again = List.copyOf(again);
    }

    /**
     * When to ask; empty for never (again).
     *
     * @param since the claim, or when the doubt began where no claim is known
     * @param lookUps how often it was asked in vain
     * @param notBefore what the ledger says, or null
     */
    public Optional<Instant> due(Instant since, int lookUps, Instant notBefore) {
        if (lookUps > again.size()) {
            return Optional.empty();
        }
        Instant earliest = since.plus(first);
        return Optional.of(notBefore == null || notBefore.isBefore(earliest) ? earliest : notBefore);
    }

    /** When to ask again after the n-th look-up in vain, counted from 1; empty for never. */
    public Optional<Instant> next(int lookUps, Instant now) {
        return lookUps > again.size() ? Optional.empty() : Optional.of(now.plus(again.get(lookUps - 1)));
    }
}
