package org.campaignrecovery.local.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import de.bwaldvogel.mongo.bson.Document;

class BsonTest {
    private static final List<String> LONG = IntStream.range(0, 500).mapToObj("member-%05d"::formatted).toList();

    private final Document document = new Document("_id", "b").append("members", LONG).append("few", List.of("a", 1, new Document("b", 2L)))
            .append("counts", new Document("pending", 500)).append("none", null);

    @Test
    void whatIsEncodedComesBack() {
        Document back = Bson.decode(Bson.encode(document));
        assertThat(back.keySet()).containsExactly("_id", "members", "few", "counts", "none");
        assertThat(back).isEqualTo(document);
        assertThat(back.get("members")).isInstanceOf(StoredArray.class).isEqualTo(LONG);
        assertThat(back.get("few")).isNotInstanceOf(StoredArray.class);
    }

    @Test
    void anArrayThatNobodyHasLookedAtIsEncodedAsItWas() {
        byte[] bson = Bson.encode(document);
        assertThat(Bson.encode(Bson.decode(bson))).isEqualTo(bson);
    }

    /** The library changes copies of what is stored, and may change a list in place. */
    @Test
    void changesOfACopyLeaveTheStoredOneAlone() {
        byte[] bson = Bson.encode(document);
        Document read = Bson.decode(bson);
        Document copy = read.cloneDeeply();
        @SuppressWarnings("unchecked")
        List<Object> members = (List<Object>) copy.get("members");
        members.add("one more");
        members.remove("member-00000");
        members.set(0, "another");
        assertThat(members).hasSize(500).startsWith("another", "member-00002").endsWith("one more");
        assertThat(read.get("members")).isEqualTo(LONG);
        assertThat(Bson.decode(bson).get("members")).isEqualTo(LONG);
    }
}
