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

    /** Stores a list; parts that are there already are the same ones. */
    public Uni<CustomerIds> store(List<String> canonicalIds) {
        return Uni.createFrom().item(() -> CustomerIds.of(canonicalIds)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .call(ids -> mongoCollection().insertMany(ids.parts(), new InsertManyOptions().ordered(false)).replaceWithVoid()
                        .onFailure(SegmentRepository::onlyDuplicates).recoverWithNull());
    }

    /** All ids of a list, ascending. */
    public Uni<List<String>> ids(String segment, long size) {
        int parts = (int) ((size + SegmentDocument.PART_SIZE - 1) / SegmentDocument.PART_SIZE);
        List<String> partIds = IntStream.range(0, parts).mapToObj(n -> SegmentDocument.partId(segment, n)).toList();
        return mongoCollection().find(in("_id", partIds)).collect().asList().map(found -> found.stream()
                .sorted(Comparator.comparingInt(SegmentDocument::n)).flatMap(part -> part.ids().stream()).toList());
    }

    private static boolean onlyDuplicates(Throwable failure) {
        return failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(e -> e.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}
