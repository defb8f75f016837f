package org.campaignrecovery.model.planning;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.guard.GuardedUpdate;

/** The guarded updates of pages. */
public final class PageRules {

    private PageRules() {
    }

    /** Its deliveries and batches exist: the frozen rows have done their duty. */
    public static GuardedUpdate planned(String id, List<String> batches, Map<String, Skips> skipped) {
        return where(equal("_id", id), equal("state", PageState.PLANNING)).then(assign("state", PageState.PLANNED),
                assign("batches", batches), assign("skipped", skipped), remove("rows"));
    }

    /**
     * A frozen row loses its personal data and keeps the ids of its deliveries: every planner of the page plans the same ones, whichever row
     * it has read. Names how often that was done before, so that two such changes of the rows do not undo each other.
     *
     * @param seen as it was read with the rows, or null
     */
    public static GuardedUpdate eraseRows(String id, Long seen, List<?> rows) {
        return where(equal("_id", id), equal("state", PageState.PLANNING), equal("erasures", seen)).then(assign("rows", rows),
                assign("erasures", seen == null ? 1L : seen + 1));
    }

    /** Where a page begins or ends is a customer's id. Nobody goes on behind it once its run is planned. */
    public static GuardedUpdate forgetPosition(String id, String field) {
        return where(equal("_id", id)).then(remove(field));
    }

    /** All pages of a run that nobody plans any more. */
    public static GuardedUpdate anonymise(String run) {
        return where(equal("run", run)).then(remove("rows"), remove("from"), remove("to"));
    }
}
