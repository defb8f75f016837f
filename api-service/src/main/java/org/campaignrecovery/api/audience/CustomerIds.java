package org.campaignrecovery.api.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

import org.campaignrecovery.ledger.audience.SegmentDocument;

/**
 * A list of customers as a campaign targets it: canonical ids, distinct, ascending. Its name is derived from its content, so that the same
 * list is stored once and a stored list never changes.
 */
public final class CustomerIds {
    private static final int NAME_DIGITS = 32;

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
            parts.add(new SegmentDocument(SegmentDocument.partId(segment, n), segment, n,
                    ids.subList(from, Math.min(from + SegmentDocument.PART_SIZE, ids.size()))));
        }
        return parts;
    }

    private static String name(List<String> ids) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (String id : ids) {
                digest.update(id.getBytes(UTF_8));
                digest.update((byte) 0);
            }
            return HexFormat.of().formatHex(digest.digest()).substring(0, NAME_DIGITS);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
