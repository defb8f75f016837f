package org.campaignrecovery.local.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;

import org.junit.jupiter.api.Test;

import de.bwaldvogel.mongo.bson.Document;

class FiltersTest {
    private static final Document IN = new Document("$in", List.of("a", "b"));

    @Test
    void whatDocumentsWereFoundByIsNotComparedAgain() {
        assertThat(Filters.without(filter(IN), "_id")).isEqualTo(new Document("state", "pending"));
        assertThat(Filters.without(filter("a"), "_id")).isEqualTo(new Document("state", "pending"));
        assertThat(Filters.without(filter(new Document("$eq", "a")), "_id")).isEqualTo(new Document("state", "pending"));
        assertThat(Filters.without(filter(new Document("part", 1)), "_id")).as("a document as a value")
                .isEqualTo(new Document("state", "pending"));
    }

    @Test
    void whateverElseIsSaidAboutTheFieldStays() {
        for (Document more : List.of(filter(new Document("$in", List.of("a", "b")).append("$gt", "a")), filter(null),
                new Document("$and", List.of(new Document("_id", IN), new Document("state", "pending"))))) {
            assertThat(Filters.without(more, "_id")).isEqualTo(more);
        }
    }

    private static Document filter(Object id) {
        return new Document("_id", id).append("state", "pending");
    }
}
