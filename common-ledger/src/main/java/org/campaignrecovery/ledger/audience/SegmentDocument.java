package org.campaignrecovery.ledger.audience;

import java.util.List;

import org.bson.codecs.pojo.annotations.BsonId;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * A part of a stored list of customer ids. A segment is immutable, except that an erased customer's place is given to nobody: its id is
 * derived from its content, its parts are
 * {@code <segment>:<n>}, n from 0, and together hold distinct canonical ids in ascending order of {@link String#compareTo}.
 *
 * @param id {@code <segment>:<n>}
 * @param ids at most {@link #PART_SIZE}
 * @param erasures how often a place was given to nobody, or null
 */
@MongoEntity(collection = SegmentDocument.COLLECTION)
public record SegmentDocument(@BsonId String id, String segment, int n, List<String> ids, Long erasures) {
    public static final String COLLECTION = "segments";
    public static final int PART_SIZE = 5_000;

    public static SegmentDocument of(String segment, int n, List<String> ids) {
        return new SegmentDocument(partId(segment, n), segment, n, ids, null);
    }

    public static String partId(String segment, int n) {
        return segment + ":" + n;
    }
}
