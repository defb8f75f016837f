package org.campaignrecovery.ledger.audience;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

import org.bson.BsonInt64;
import org.bson.BsonValue;
import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.ContactFold;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.audience.OrderFields;

import com.mongodb.client.model.Filters;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * The customers of a stored list of ids, in its order: the orders of a page of ids are read with one query each. A position is the number
 * of ids read so far. An id without orders is a customer of whom nothing is known.
 */
final class SegmentCursor implements AudienceCursor {
    private final ReactiveMongoCollection<Document> orders;
    private final IntFunction<Uni<SegmentDocument>> parts;
    private final OrderFields fields;
    private final Set<String> wanted;
    private final Bson projection;
    private final String segment;
    private final long size;
    private SegmentDocument part;
    private long position;

    SegmentCursor(ReactiveMongoCollection<Document> orders, IntFunction<Uni<SegmentDocument>> parts, OrderFields fields, Set<String> wanted,
            Bson projection, CampaignDocument.Audience audience, BsonValue after) {
        this.orders = orders;
        this.parts = parts;
        this.fields = fields;
        this.wanted = wanted;
        this.projection = projection;
        this.segment = audience.segment();
        this.size = audience.size();
        this.position = after == null ? 0 : after.asNumber().longValue();
    }

    @Override
    public Uni<List<Entry>> next(int n) {
        int number = (int) (position / SegmentDocument.PART_SIZE);
        int offset = (int) (position % SegmentDocument.PART_SIZE);
        if (position >= size) {
            return Uni.createFrom().item(List.of());
        }
        return part(number).chain(found -> found == null || offset >= found.ids().size()
                ? Uni.createFrom().failure(new IllegalStateException("part %d of segment %s is missing: %d of its %d ids were read"
                        .formatted(number, segment, position, size)))
                : read(found.ids().subList(offset, Math.min(offset + n, found.ids().size()))));
    }

    private Uni<SegmentDocument> part(int number) {
        return part != null && part.n() == number
                ? Uni.createFrom().item(part)
                : parts.apply(number).invoke(found -> part = found);
    }

    private Uni<List<Entry>> read(List<String> ids) {
        List<Object> stored = new ArrayList<>(ids.size() * 2);
        ids.forEach(id -> stored.addAll(new CustomerId(id).storedAs()));
        return orders.find(Filters.in(fields.customerId(), stored), new FindOptions().projection(projection)).collect()
                .in(HashMap<String, ContactFold>::new, this::fold).map(folds -> entries(ids, folds));
    }

    private void fold(Map<String, ContactFold> folds, Document order) {
        CustomerId.of(order.get(fields.customerId()))
                .ifPresent(id -> folds.computeIfAbsent(id.text(), text -> new ContactFold(fields, wanted)).add(order));
    }

    private List<Entry> entries(List<String> ids, Map<String, ContactFold> folds) {
        List<Entry> entries = new ArrayList<>(ids.size());
        for (String id : ids) {
            position++;
            ContactFold fold = folds.get(id);
            Customer customer = fold == null ? new Customer(new CustomerId(id), Map.of()) : fold.customer().orElseThrow();
            entries.add(new Entry(customer, new BsonInt64(position)));
        }
        return entries;
    }

    @Override
    public void close() {
        part = null;
    }
}
