package org.campaignrecovery.worker.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import jakarta.inject.Inject;

import org.bson.BsonValue;
import org.bson.Document;
import org.campaignrecovery.ledger.audience.AudienceCursor;
import org.campaignrecovery.ledger.audience.AudienceCursor.Entry;
import org.campaignrecovery.ledger.audience.Audiences;
import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument.Audience;
import org.campaignrecovery.model.audience.CustomerFilter;
import org.campaignrecovery.worker.fixture.Ledger;
import org.campaignrecovery.worker.fixture.Orders;
import org.campaignrecovery.worker.fixture.WorkerStack;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;

/** Audiences read from a server, and read on behind each of their positions. */
@QuarkusTest
@QuarkusTestResource(WorkerStack.class)
class AudiencesQuarkusTest {
    private static final Audience ALL = Audience.EVERYBODY;

    @Inject
    Ledger ledger;
    @Inject
    Orders orders;
    @Inject
    Audiences audiences;

    @BeforeEach
    void open() {
        ledger.awaitOpen();
    }

    @Test
    void readsNumbersThenTextsAndGoesOnBehindEach() {
        List<Document> all = new ArrayList<>();
        List<Object> ids = List.of(-3, 0, 7, 7L, 7.0, 8.5, 1L << 53, (1L << 53) + 1, "", "10", "9", "A", "a", "é");
        for (int i = 0; i < ids.size(); i++) {
            all.add(Orders.order(ids.get(i), i, "c" + i + "@x.org", null));
        }
        all.add(new Document("order_id", 99).append("email", "nobody@x.org"));
        all.add(Orders.order(null, 98, "null@x.org", null));
        orders.replaceBy(all);
        List<Entry> entries = readAll(ALL, null, 3);
        assertThat(ids(entries)).containsExactly("-3", "0", "7", "8.5", "9007199254740992", "9007199254740993", "10", "9", "A", "a", "é");
        for (int i = 0; i < entries.size(); i++) {
            assertThat(ids(readAll(ALL, entries.get(i).position(), 2))).isEqualTo(ids(entries).subList(i + 1, entries.size()));
        }
    }

    @Test
    void readsOnlyThoseWhomAFilterAcceptsAndGoesOnBehindEach() {
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            Object id = i % 2 == 0 ? (Object) i : "text" + i;
            all.add(Orders.order(id, 2 * i, "c" + i + "@x.org", null).append("country", i % 4 == 0 ? "France" : "Spain").append("total",
                    i));
            all.add(Orders.order(id, 2 * i + 1, "c" + i + "@x.org", null).append("total", -1.5).append("cancelled", true));
        }
        orders.replaceBy(all);
        Audience audience = Audience.filtered(new CustomerFilter(List.of("France"), null, null, 6.5, null, 1, 1));
        List<Entry> entries = readAll(audience, null, 3);
        assertThat(ids(entries)).containsExactly("8", "12", "16", "20", "24", "28", "32", "36");
        for (int i = 0; i < entries.size(); i++) {
            assertThat(ids(readAll(audience, entries.get(i).position(), 2))).isEqualTo(ids(entries).subList(i + 1, entries.size()));
        }
    }

    @Test
    void readsASegmentInItsOrderAndGoesOnBehindEach() {
        String segment = "s" + System.nanoTime();
        List<String> ids = IntStream.range(0, 12).mapToObj(i -> i % 3 == 0 ? "text" + i : String.valueOf(i)).sorted().toList();
        Ledger.await(ledger.of(SegmentDocument.COLLECTION, SegmentDocument.class)
                .insertOne(SegmentDocument.of(segment, 0, ids)));
        List<Document> all = new ArrayList<>();
        for (int i = 0; i < 12; i++) {
            all.add(Orders.order(i % 3 == 0 ? "text" + i : i % 2 == 0 ? (Object) i : String.valueOf(i), i, "c" + i + "@x.org", null));
        }
        all.remove(11);
        orders.replaceBy(all);
        Audience audience = Audience.segment(segment, 12);
        List<Entry> entries = readAll(audience, null, 5);
        assertThat(ids(entries)).isEqualTo(ids);
        assertThat(entries).filteredOn(entry -> entry.customer().id().text().equals("11")).singleElement()
                .extracting(entry -> entry.customer().email()).isNull();
        for (int i = 0; i < entries.size(); i++) {
            assertThat(ids(readAll(audience, entries.get(i).position(), 4))).isEqualTo(ids.subList(i + 1, 12));
        }
    }

    @Test
    void goesOnInTheNextPartOfASegment() {
        String segment = "s" + System.nanoTime();
        List<String> first = IntStream.range(0, SegmentDocument.PART_SIZE).mapToObj("a%05d"::formatted).toList();
        var parts = ledger.of(SegmentDocument.COLLECTION, SegmentDocument.class);
        Ledger.await(parts.insertOne(SegmentDocument.of(segment, 0, first)));
        Ledger.await(parts.insertOne(SegmentDocument.of(segment, 1, List.of("b0", "b1"))));
        orders.replaceBy(List.of());
        List<String> read = ids(readAll(Audience.segment(segment, first.size() + 2), null, 700));
        assertThat(read).hasSize(first.size() + 2).doesNotHaveDuplicates().endsWith("b0", "b1");
    }

    private List<Entry> readAll(Audience audience, BsonValue after, int n) {
        AudienceCursor cursor = audiences.open(audience, Set.of(), after, () -> {
        });
        List<Entry> all = new ArrayList<>();
        for (List<Entry> page = Ledger.await(cursor.next(n)); !page.isEmpty(); page = Ledger.await(cursor.next(n))) {
            all.addAll(page);
        }
        cursor.close();
        return all;
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(entry -> entry.customer().id().text()).toList();
    }
}
