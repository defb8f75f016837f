package org.campaignrecovery.model.evidence;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Condition.oneOf;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.util.Collection;

import org.campaignrecovery.model.guard.GuardedUpdate;

/** The only change of evidence that there is. */
public final class EvidenceRules {
    public static final String ANONYMISED = "anonymised";

    private EvidenceRules() {
    }

    /** The evidence about these deliveries loses its words, which may quote an address; what it speaks for, and of which attempt, stays. */
    public static GuardedUpdate anonymise(Collection<String> deliveries) {
        return where(oneOf("delivery", deliveries)).then(assign("detail", ANONYMISED));
    }
}
