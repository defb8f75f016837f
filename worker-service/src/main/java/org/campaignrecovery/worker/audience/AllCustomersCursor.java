package org.campaignrecovery.worker.audience;

import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.or;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.model.audience.ContactFold;
import org.campaignrecovery.model.audience.OrderFields;

import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * Every customer who has an order: one streaming query ordered by customer id, whose orders therefore lie side by side. Ids may be
 * numbers or text; numbers come first, and {@code $gt} compares within a type, so a query that begins among the numbers names the texts
 * too.
 */
final class AllCustomersCursor implements AudienceCursor {
    private static final int READ_AHEAD = 500;

    private final OrderFields fields;
    private final Set<String> wanted;
    private final Pull<List<Document>> orders;
    private final List<Document> buffer = new ArrayList<>();
    private int position;
    private boolean exhausted;

    AllCustomersCursor(ReactiveMongoCollection<Document> orders, OrderFields fields, Set<String> wanted, Bson projection, BsonValue after) {
        this.fields = fields;
        this.wanted = wanted;
        FindOptions options = new FindOptions().projection(projection).sort(Sorts.ascending(fields.customerId())).batchSize(READ_AHEAD);
        this.orders = new Pull<>(orders.find(behind(fields.customerId(), after), options).group().intoLists().of(READ_AHEAD));
    }

    private static Bson behind(String field, BsonValue after) {
        if (after == null) {
            return or(gte(field, Double.NEGATIVE_INFINITY), gte(field, ""));
        }
        return after.isString() ? gt(field, after) : or(gt(field, after), gte(field, ""));
    }

    @Override
    public Uni<List<Entry>> next(int n) {
        return collect(new ArrayList<>(n), n);
    }

    private Uni<List<Entry>> collect(List<Entry> entries, int n) {
        while (entries.size() < n) {
            int end = endOfCustomer();
            if (end < 0 && !exhausted) {
                return readOn().chain(() -> collect(entries, n));
            }
            if (end < 0) {
                break;
            }
            fold(entries, end);
        }
        return Uni.createFrom().item(entries);
    }

    /** Index behind the last order of the customer at {@code position}, or -1 when the buffer does not show it. */
    private int endOfCustomer() {
        if (position >= buffer.size()) {
            return -1;
        }
        Object id = buffer.get(position).get(fields.customerId());
        for (int i = position + 1; i < buffer.size(); i++) {
            if (!sameId(id, buffer.get(i).get(fields.customerId()))) {
                return i;
            }
        }
        return exhausted ? buffer.size() : -1;
    }

    /** As the database orders them: 17850, 17850L and 17850.0 are one value. */
    private static boolean sameId(Object one, Object other) {
        return one instanceof Number a && other instanceof Number b
                ? Double.compare(a.doubleValue(), b.doubleValue()) == 0
                : one.equals(other);
    }

    private void fold(List<Entry> entries, int end) {
        ContactFold fold = new ContactFold(fields, wanted);
        for (int i = position; i < end; i++) {
            fold.add(buffer.get(i));
        }
        BsonValue at = buffer.get(position).toBsonDocument().get(fields.customerId());
        position = end;
        fold.customer().ifPresent(customer -> entries.add(new Entry(customer, at)));
    }

    private Uni<Void> readOn() {
        return orders.next().invoke(more -> {
            buffer.subList(0, position).clear();
            position = 0;
            more.ifPresentOrElse(buffer::addAll, () -> exhausted = true);
        }).replaceWithVoid();
    }

    @Override
    public void close() {
        orders.cancel();
    }
}
