package org.campaignrecovery.ledger.audience;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.or;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.model.audience.CustomerFold;

import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * Every customer who has an order, or those of them who are meant: one streaming query ordered by customer id, whose orders therefore lie side by side. Ids may be
 * numbers or text; numbers come first, and {@code $gt} compares within a type, so a query that begins among the numbers names the texts
 * too. Orders are folded as they come: neither many customers nor one customer's many orders need memory.
 */
final class AllCustomersCursor implements AudienceCursor {
    private static final int READ_AHEAD = 500;

    private final String customerField;
    private final Supplier<CustomerFold> folds;
    private final Runnable progress;
    private final Pull<List<Document>> orders;
    private List<Document> buffer = List.of();
    private int position;
    private boolean exhausted;
    /** The customer whose orders are being read, or null. */
    private CustomerFold fold;
    private Object id;
    private BsonValue at;

    AllCustomersCursor(ReactiveMongoCollection<Document> orders, String customerField, Bson projection, BsonValue after,
            Supplier<CustomerFold> folds, Runnable progress) {
        this(query(orders, customerField, projection, after), customerField, folds, progress);
    }

    /**
     * @param orders ordered by customer id
     * @param folds one for each customer
     * @param progress is told whenever orders have come: those of many customers may be read before one is meant
     */
    AllCustomersCursor(Multi<Document> orders, String customerField, Supplier<CustomerFold> folds, Runnable progress) {
        this.customerField = customerField;
        this.folds = folds;
        this.progress = progress;
        this.orders = new Pull<>(orders.group().intoLists().of(READ_AHEAD));
    }

    private static Multi<Document> query(ReactiveMongoCollection<Document> orders, String customerField, Bson projection, BsonValue after) {
        return orders.find(behind(customerField, after),
                new FindOptions().projection(projection).sort(Sorts.ascending(customerField)).batchSize(READ_AHEAD));
    }

    private static Bson behind(String field, BsonValue after) {
        if (after == null) {
            return or(gte(field, Double.NEGATIVE_INFINITY), gte(field, ""));
        }
        return after.isString() ? gt(field, after) : or(gt(field, after), gte(field, ""));
    }

    @Override
    public Uni<List<Entry>> next(int n) {
        List<Entry> entries = new ArrayList<>(n);
        return Uni.createFrom().deferred(() -> collect(entries, n) ? Uni.createFrom().item(false) : readOn()).repeat()
                .whilst(more -> more).collect().last().replaceWith(entries);
    }

    /** Folds what has been read; whether that is enough. */
    private boolean collect(List<Entry> entries, int n) {
        while (entries.size() < n && position < buffer.size()) {
            Document order = buffer.get(position);
            Object its = order.get(customerField);
            if (fold != null && !CustomerOrder.same(id, its)) {
                endCustomer(entries);
                continue;
            }
            if (fold == null) {
                begin(order, its);
            }
            fold.add(order);
            position++;
        }
        if (exhausted && fold != null && entries.size() < n) {
            endCustomer(entries);
        }
        return exhausted || entries.size() >= n;
    }

    private void begin(Document order, Object its) {
        fold = folds.get();
        id = its;
        at = new Document(customerField, order.get(customerField)).toBsonDocument().get(customerField);
    }

    private void endCustomer(List<Entry> entries) {
        fold.customer().ifPresent(customer -> entries.add(new Entry(customer, at)));
        fold = null;
    }

    /** Whether there may be more. */
    private Uni<Boolean> readOn() {
        return orders.next().map(more -> {
            position = 0;
            buffer = more.orElse(List.of());
            exhausted = more.isEmpty();
            progress.run();
            return true;
        });
    }

    @Override
    public void close() {
        orders.cancel();
    }
}
