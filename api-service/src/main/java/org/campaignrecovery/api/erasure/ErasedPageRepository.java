package org.campaignrecovery.api.erasure;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Projections.exclude;
import static com.mongodb.client.model.Sorts.ascending;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.BsonValue;
import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.audience.AudiencePosition;
import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.planning.PageState;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The pages, as far as they are anonymised, and which of them can have planned a customer: those between whose positions the customer stands. */
@ApplicationScoped
public class ErasedPageRepository implements GuardedRepository<PageDocument> {
    private static final Bson WITHOUT_ROWS = exclude("rows", "skipped");

    /**
     * What a run has of a customer.
     *
     * @param pages that can have planned them, without their rows
     * @param beginning ids of pages that begin behind the customer
     * @param ending ids of pages that end with the customer
     */
    record Found(List<PageDocument> pages, List<String> beginning, List<String> ending) {
    }

    Uni<Found> of(RunDocument run, CustomerId customer, String asGiven) {
        boolean listed = run.frozen.audience() != null && run.frozen.audience().isSegment();
        Uni<List<BsonValue>> positions = listed
                ? positions(run.frozen.audience().segment(), run.frozen.audience().size(), customer)
                : Uni.createFrom().item(AudiencePosition.of(customer, asGiven));
        return positions.chain(known -> find(run.id, known, !listed));
    }

    private Uni<Found> find(String run, List<BsonValue> positions, boolean personal) {
        Found none = new Found(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        return mongoCollection().find(eq("run", run), new FindOptions().projection(WITHOUT_ROWS)).collect().in(() -> none,
                (found, page) -> {
                    if (page.state() != PageState.END && mayCover(page, positions)) {
                        found.pages.add(page);
                    }
                    if (personal && positions.stream().anyMatch(position -> AudiencePosition.same(page.from(), position))) {
                        found.beginning.add(page.id());
                    }
                    if (personal && positions.stream().anyMatch(position -> AudiencePosition.same(page.to(), position))) {
                        found.ending.add(page.id());
                    }
                });
    }

    /** A page without positions holds what another system has reached, or its positions were customers who were erased. */
    private static boolean mayCover(PageDocument page, List<BsonValue> positions) {
        return AudiencePosition.missing(page.to())
                || positions.stream().anyMatch(position -> AudiencePosition.mayCover(page.from(), page.to(), position));
    }

    /** The customer's place in a stored list; none when they are not on it. */
    private Uni<List<BsonValue>> positions(String segment, long size, CustomerId customer) {
        if (segment == null) {
            return Uni.createFrom().item(List.of());
        }
        int parts = (int) ((size + SegmentDocument.PART_SIZE - 1) / SegmentDocument.PART_SIZE);
        List<String> ids = Stream.iterate(0, n -> n + 1).limit(parts).map(n -> SegmentDocument.partId(segment, n)).toList();
        return mongoDatabase().getCollection(SegmentDocument.COLLECTION, SegmentDocument.class)
                .find(and(com.mongodb.client.model.Filters.in("_id", ids), eq("ids", customer.text()))).collect().asList()
                .map(found -> found.stream().<BsonValue>map(part -> AudiencePosition
                        .of((long) part.n() * SegmentDocument.PART_SIZE + part.ids().indexOf(customer.text()))).toList());
    }

    /** The pages of a run whose rows are there, with them. */
    public Uni<List<PageDocument>> planning(String run) {
        return mongoCollection().find(and(eq("run", run), eq("state", PageState.PLANNING.wire())), new FindOptions().sort(ascending("n")))
                .collect().asList();
    }
}
