package org.campaignrecovery.model.audience;

import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Condition.equal;
import static org.campaignrecovery.model.guard.GuardedUpdate.where;

import java.util.List;
import java.util.stream.IntStream;

import org.campaignrecovery.model.guard.GuardedUpdate;

/** The only change of a stored list of customers that there is. */
public final class SegmentRules {
    private static final String NOBODY = "erased:";

    private SegmentRules() {
    }

    /**
     * A customer's place in a part of a list is given to nobody. The place stays, as places are the positions of a planner that reads the
     * list. Names how often that was done before, so that two such changes do not undo each other.
     *
     * @param seen as it was read with the ids, or null
     */
    public static GuardedUpdate erase(String part, Long seen, List<String> ids, String customer) {
        List<String> others = IntStream.range(0, ids.size()).mapToObj(n -> ids.get(n).equals(customer) ? nobody(part, n) : ids.get(n))
                .toList();
        return where(equal("_id", part), equal("erasures", seen)).then(assign("ids", others),
                assign("erasures", seen == null ? 1L : seen + 1));
    }

    /** Says nothing but the place, and is no id that a shop would use. */
    private static String nobody(String part, int n) {
        return NOBODY + part + ":" + n;
    }
}
