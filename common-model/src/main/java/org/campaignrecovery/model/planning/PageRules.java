package org.campaignrecovery.model.planning;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.guard.GuardedUpdate;

/** The guarded update of pages. */
public final class PageRules {

    private PageRules() {
    }

    /** Its deliveries and batches exist: the frozen rows have done their duty. */
    public static GuardedUpdate planned(String id, List<String> batches, Map<String, Skips> skipped) {
        return where(equal("_id", id), equal("state", PageState.PLANNING)).then(assign("state", PageState.PLANNED),
                assign("batches", batches), assign("skipped", skipped), remove("rows"));
    }
}
