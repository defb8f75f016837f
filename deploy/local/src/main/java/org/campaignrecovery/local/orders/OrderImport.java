package org.campaignrecovery.local.orders;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.function.Consumer;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.local.record.LineReader;

import com.mongodb.MongoBulkWriteException;
import com.mongodb.bulk.BulkWriteResult;
import com.mongodb.client.MongoCollection;
import com.mongodb.client.model.BulkWriteOptions;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.IndexOptions;
import com.mongodb.client.model.Indexes;
import com.mongodb.client.model.ReplaceOneModel;
import com.mongodb.client.model.ReplaceOptions;

/**
 * Loads orders into a collection: an order whose {@code order_id} is there replaces the one that was. Memory is bounded by one bulk of
 * {@value #BULK} orders, whatever the size of the source.
 */
public final class OrderImport {
    private static final int BULK = 1_000;
    private static final ReplaceOptions UPSERT = new ReplaceOptions().upsert(true);
    private static final BulkWriteOptions UNORDERED = new BulkWriteOptions().ordered(false);

    private final MongoCollection<Document> orders;
    private final Consumer<String> complaints;
    private final List<ReplaceOneModel<Document>> bulk = new ArrayList<>(BULK);
    private final List<Long> bulkLines = new ArrayList<>(BULK);
    private Consumer<Document> observer = order -> {
    };
    private long loaded;
    private long bad;

    /** How much was loaded, and how many lines were not. */
    public record Totals(long loaded, long bad) {
    }

    /** @param complaints gets one sentence a bad line */
    public OrderImport(MongoCollection<Document> orders, Consumer<String> complaints) {
        this.orders = orders;
        this.complaints = complaints;
    }

    /** @param watcher sees every good order on its way */
    public OrderImport observedBy(Consumer<Document> watcher) {
        observer = watcher;
        return this;
    }

    public Totals load(Path file) throws IOException {
        createIndexes();
        try (LineReader lines = LineReader.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                try {
                    add(OrderLine.parse(line), lines.number());
                } catch (OrderLine.BadOrder e) {
                    complain(lines.number(), e.getMessage());
                }
            }
        }
        write();
        return new Totals(loaded, bad);
    }

    /** Loads orders that are known to be well-formed. */
    public Totals load(Iterator<Document> source) {
        createIndexes();
        for (long number = 1; source.hasNext(); number++) {
            add(source.next(), number);
        }
        write();
        return new Totals(loaded, bad);
    }

    private void createIndexes() {
        orders.createIndex(Indexes.ascending("order_id"), new IndexOptions().unique(true));
        orders.createIndex(Indexes.ascending("customer_id"));
    }

    private void add(Document order, long line) {
        observer.accept(order);
        Bson same = Filters.eq("order_id", order.get("order_id"));
        bulk.add(new ReplaceOneModel<>(same, order, UPSERT));
        bulkLines.add(line);
        if (bulk.size() == BULK) {
            write();
        }
    }

    private void write() {
        if (bulk.isEmpty()) {
            return;
        }
        try {
            count(orders.bulkWrite(bulk, UNORDERED));
        } catch (MongoBulkWriteException e) {
            e.getWriteErrors().forEach(error -> complain(bulkLines.get(error.getIndex()), "was refused: " + error.getMessage()));
            count(e.getWriteResult());
        }
        bulk.clear();
        bulkLines.clear();
    }

    private void count(BulkWriteResult result) {
        loaded += result.getMatchedCount() + result.getUpserts().size();
    }

    private void complain(long line, String what) {
        bad++;
        complaints.accept("line " + line + " " + what);
    }
}
