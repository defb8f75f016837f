package org.campaignrecovery.api.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

import org.campaignrecovery.ledger.audience.SegmentDocument;

/**
 * A list of customers as a campaign targets it: canonical ids, distinct, ascending. Its name is derived from its content, so that the same
 * list is stored once and a stored list never changes.
 */
public final class CustomerIds {
    private final List<String> ids;
    private final String segment;

    private CustomerIds(List<String> ids) {
        this.ids = ids;
        this.segment = name(ids);
    }

    /** @param canonical texts of customer ids, in any order, repeated or not */
    public static CustomerIds of(Collection<String> canonical) {
        return new CustomerIds(canonical.stream().distinct().sorted().toList());
    }

    public String segment() {
        return segment;
    }

    public int size() {
        return ids.size();
    }

    public List<SegmentDocument> parts() {
        List<SegmentDocument> parts = new ArrayList<>();
        for (int from = 0; from < ids.size(); from += SegmentDocument.PART_SIZE) {
            int n = parts.size();
            parts.add(SegmentDocument.of(segment, n,
                    ids.subList(from, Math.min(from + SegmentDocument.PART_SIZE, ids.size()))));
        }
        return parts;
    }

    private static String name(List<String> ids) {
        SegmentName name = new SegmentName();
        ids.forEach(name::add);
        return name.name();
    }
}
