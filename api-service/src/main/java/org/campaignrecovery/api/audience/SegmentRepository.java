package org.campaignrecovery.api.audience;

import static com.mongodb.client.model.Filters.in;

import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The stored lists of customers. */
@ApplicationScoped
public class SegmentRepository implements GuardedRepository<SegmentDocument> {
    private static final int SAMPLED_PARTS = 4;

    /** Stores a list; parts that are there already are the same ones. */
    public Uni<CustomerIds> store(List<String> canonicalIds) {
        return Uni.createFrom().item(() -> CustomerIds.of(canonicalIds)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .call(ids -> insert(ids.parts()));
    }

    /** Stores parts of lists; one that is there already is the same one. */
    public Uni<Void> insert(List<SegmentDocument> parts) {
        return mongoCollection().insertMany(parts, new InsertManyOptions().ordered(false)).replaceWithVoid()
                .onFailure(SegmentRepository::onlyDuplicates).recoverWithNull();
    }

    /** All ids of a list, ascending. */
    public Uni<List<String>> ids(String segment, long size) {
        int parts = (int) ((size + SegmentDocument.PART_SIZE - 1) / SegmentDocument.PART_SIZE);
        List<String> partIds = IntStream.range(0, parts).mapToObj(n -> SegmentDocument.partId(segment, n)).toList();
        return mongoCollection().find(in("_id", partIds)).collect().asList().map(found -> found.stream()
                .sorted(Comparator.comparingInt(SegmentDocument::n)).flatMap(part -> part.ids().stream()).toList());
    }

    /**
     * Some ids of a list, spread evenly over it, from a few of its parts.
     *
     * @param atMost how many; the whole list when it is no longer
     */
    public Uni<List<String>> sample(String segment, long size, int atMost) {
        int parts = (int) ((size + SegmentDocument.PART_SIZE - 1) / SegmentDocument.PART_SIZE);
        int read = Math.min(parts, SAMPLED_PARTS);
        List<String> partIds = IntStream.range(0, read).mapToObj(n -> SegmentDocument.partId(segment, (int) ((long) n * parts / read)))
                .toList();
        return mongoCollection().find(in("_id", partIds)).collect().asList()
                .map(found -> spread(found.stream().flatMap(part -> part.ids().stream()).toList(), atMost));
    }

    private static List<String> spread(List<String> ids, int atMost) {
        return ids.size() <= atMost
                ? ids
                : IntStream.range(0, atMost).mapToObj(n -> ids.get((int) ((long) n * ids.size() / atMost))).toList();
    }

    private static boolean onlyDuplicates(Throwable failure) {
        return failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(e -> e.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}
