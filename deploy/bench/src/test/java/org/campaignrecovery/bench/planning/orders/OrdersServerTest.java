package org.campaignrecovery.bench.planning.orders;

import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.or;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerFold;
import org.campaignrecovery.model.audience.HistoryFields;
import org.campaignrecovery.model.audience.OrderFields;
import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.mongodb.MongoException;
import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;

/** The queries are those of the ledger's AllCustomersCursor. */
class OrdersServerTest {
    private static final int NUMBER = 3_000;
    private static final String CUSTOMER = "customer_id";
    private static final Bson EVERYBODY = or(gte(CUSTOMER, Double.NEGATIVE_INFINITY), gte(CUSTOMER, ""));

    private final MadeUpCustomers customers = new MadeUpCustomers(6, NUMBER);
    private OrdersServer server;
    private MongoClient client;
    private MongoCollection<Document> orders;

    @BeforeEach
    void open() {
        server = OrdersServer.start(customers);
        client = MongoClients.create(server.connectionString());
        orders = client.getDatabase("retail_db").getCollection("orders");
    }

    @AfterEach
    void close() {
        client.close();
        server.close();
    }

    private List<Document> read(Bson filter) {
        return orders.find(filter).sort(Sorts.ascending(CUSTOMER)).projection(Projections.include(CUSTOMER, "email", "order_id"))
                .batchSize(100).into(new ArrayList<>());
    }

    private static List<Object> ids(List<Document> orders) {
        return orders.stream().map(order -> order.get(CUSTOMER)).distinct().toList();
    }

    @Test
    void everybodyComesInTheOrderOfTheirIdsNumbersFirst() {
        List<Object> ids = ids(read(EVERYBODY));

        assertThat(ids).hasSize(NUMBER).startsWith(1, 2, 3).endsWith("C000002999");
        assertThat(ids.subList(0, 600)).allMatch(Integer.class::isInstance).isSorted();
        assertThat(ids.subList(600, NUMBER).stream().map(String.class::cast).toList()).isSorted();
    }

    @Test
    void aQueryGoesOnBehindAnyCustomer() {
        List<Object> all = ids(read(EVERYBODY));

        for (int place : List.of(0, 1, 598, 599)) {
            assertThat(ids(read(or(gt(CUSTOMER, all.get(place)), gte(CUSTOMER, ""))))).isEqualTo(all.subList(place + 1, NUMBER));
        }
        for (int place : List.of(600, 601, 2_998, 2_999)) {
            assertThat(ids(read(gt(CUSTOMER, all.get(place))))).isEqualTo(all.subList(place + 1, NUMBER));
        }
    }

    @Test
    void onlyWhatIsAskedForIsSent() {
        assertThat(read(EVERYBODY)).allMatch(order -> Set.of("_id", CUSTOMER, "email", "order_id").containsAll(order.keySet()));
        assertThat(orders.find().limit(1).into(new ArrayList<>())).hasSize(1);
        assertThat(orders.listIndexes().map(index -> index.get("key")).into(new ArrayList<>())).contains(new Document(CUSTOMER, 1));
    }

    @Test
    void whatIsNoQueryOfAPlannerIsRefused() {
        for (Bson filter : List.of(eq(CUSTOMER, 1), gt(CUSTOMER, 1), gt("total", 1), gte(CUSTOMER, "C000000700"))) {
            assertThatThrownBy(() -> read(filter)).isInstanceOf(MongoException.class).hasMessageContaining("a planner's query");
        }
        assertThatThrownBy(() -> orders.find().sort(Sorts.descending(CUSTOMER)).first()).isInstanceOf(MongoException.class);
        assertThatThrownBy(() -> orders.insertOne(new Document())).isInstanceOf(MongoException.class);
    }

    @Test
    void theReachIsWhatTheOrdersSay() {
        Map<Object, CustomerFold> folds = new LinkedHashMap<>();
        orders.find(EVERYBODY).sort(Sorts.ascending(CUSTOMER)).forEach(order -> folds.computeIfAbsent(order.get(CUSTOMER),
                id -> new CustomerFold(OrderFields.DEFAULT, HistoryFields.DEFAULT, Set.of(), null)).add(order));
        AddressNormaliser normaliser = new AddressNormaliser("US");
        List<String> raw = new ArrayList<>();
        folds.values().forEach(fold -> raw.add(fold.customer().map(Customer::email).orElse(null)));
        List<String> valid = raw.stream().map(address -> normaliser.normalise(Channel.EMAIL, address)).filter(address -> address.isValid())
                .map(address -> address.address()).toList();
        int missing = (int) raw.stream().filter(address -> address == null).count();
        Set<String> planned = valid.stream().collect(Collectors.toSet());

        assertThat(customers.reach()).isEqualTo(new MadeUpCustomers.Reach(planned.size(), missing, NUMBER - missing - valid.size(),
                valid.size() - planned.size()));
        assertThat(planned).anyMatch(address -> address.startsWith("family")).noneMatch(address -> address.startsWith("old-"));
    }
}
