package org.campaignrecovery.local.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.bson.Document;
import org.campaignrecovery.local.mongo.EmbeddedMongo;
import org.campaignrecovery.local.orders.OrderImport.Totals;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class OrderImportTest {
    private static final String FILE = """
            {"order_id": "1", "order_date": {"$date": "2010-12-01T08:26:00Z"}, "customer_id": "17850", "name": "O'Neil"}
            not json

            {"customer_id": "17850"}
            {"order_id": "2", "customer_id": {"$numberLong": "5"}, "name": "Zoë"}
            {"order_id": "3", "total": }
            {"order_id": "1", "customer_id": "17850", "name": "newer"}
            """;

    @TempDir
    Path directory;
    private final List<String> complaints = new ArrayList<>();
    private EmbeddedMongo mongo;
    private OrdersCollection orders;

    @BeforeEach
    void start() {
        mongo = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
        orders = OrdersCollection.open(Map.of("MONGO_URI", mongo.connectionString()));
    }

    @AfterEach
    void stop() {
        orders.close();
        mongo.close();
    }

    @Test
    void loadsWhatIsGoodAndNamesTheRest() throws IOException {
        Path plain = Files.writeString(directory.resolve("orders.ndjson"), FILE);
        assertThat(importer().load(plain)).isEqualTo(new Totals(3, 3));
        assertThat(complaints).hasSize(3);
        assertThat(complaints.get(0)).startsWith("line 2 is not extended JSON");
        assertThat(complaints.get(1)).isEqualTo("line 4 has no order_id");
        assertThat(complaints.get(2)).startsWith("line 6");
        assertThat(orders.collection().countDocuments()).isEqualTo(2);
        assertThat(find("2").get("customer_id")).isEqualTo(5L);
    }

    @Test
    void aSecondImportReplacesByOrderId() throws IOException {
        Path zipped = directory.resolve("orders.bin");
        try (var out = new GZIPOutputStream(Files.newOutputStream(zipped))) {
            out.write(FILE.lines().findFirst().orElseThrow().getBytes());
        }
        for (int i = 0; i < 2; i++) {
            assertThat(importer().load(zipped)).isEqualTo(new Totals(1, 0));
        }
        assertThat(orders.collection().countDocuments()).isEqualTo(1);
        assertThat(find("1").get("order_date")).isInstanceOf(Date.class);
    }

    @Test
    void createsTheIndexesAndLoadsSamples() {
        Totals totals = importer().load(new SampleOrders(3, 500).iterator());
        assertThat(totals.bad()).isZero();
        assertThat(orders.collection().countDocuments()).isEqualTo(totals.loaded()).isGreaterThan(1_000);
        assertThat(orders.collection().listIndexes()).extracting(index -> index.get("key", Document.class))
                .contains(new Document("order_id", 1), new Document("customer_id", 1));
    }

    private OrderImport importer() {
        return new OrderImport(orders.collection(), complaints::add);
    }

    private Document find(String orderId) {
        return orders.collection().find(new Document("order_id", orderId)).first();
    }
}
