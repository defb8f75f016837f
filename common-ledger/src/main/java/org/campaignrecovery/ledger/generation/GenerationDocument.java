package org.campaignrecovery.ledger.generation;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

import org.bson.codecs.pojo.annotations.BsonId;
import org.campaignrecovery.model.generation.GenerationRules;
import org.campaignrecovery.model.generation.Position;
import org.campaignrecovery.model.generation.Restoration;

import io.quarkus.mongodb.panache.common.MongoEntity;

/**
 * Where the ledger stands in its own history; one document.
 *
 * @param at when the generation was last raised
 * @param past incarnations of other ledgers whose place this one has taken, or null
 * @param hold the latest time that it was found to have gone backwards, or null
 */
@MongoEntity(collection = GenerationDocument.COLLECTION)
public record GenerationDocument(@BsonId String id, String incarnation, Long generation, Instant at, List<String> past, Hold hold) {
    public static final String COLLECTION = "ledger";

    /**
     * The ledger went backwards, and is held until an operator confirms.
     *
     * @param generation the generation that it got by being held: the hold's name
     * @param found the generation that it was found with
     * @param until what was due up to then may have been sent without the ledger knowing
     * @param moved whether everything unfinished is in doubt
     * @param confirmedAt when work went on, or null
     */
    public record Hold(Long generation, Long found, Instant at, Instant until, String reason, Boolean moved, Instant confirmedAt,
            String confirmedBy, String confirmedWhy) {

        public boolean confirmed() {
            return confirmedAt != null;
        }
    }

    static GenerationDocument first(String incarnation, Instant now) {
        return new GenerationDocument(GenerationRules.ID, incarnation, 1L, now, null, null);
    }

    public Position position() {
        return new Position(incarnation, generation);
    }

    public List<String> predecessors() {
        return past == null ? List.of() : past;
    }

    /** Whether an operator has to confirm before anything goes on. */
    public boolean held() {
        return hold != null && !hold.confirmed();
    }

    /** What the ledger has lost, confirmed or not. */
    public Optional<Restoration> restoration() {
        return Optional.ofNullable(hold).map(held -> new Restoration(held.generation, held.until));
    }
}
