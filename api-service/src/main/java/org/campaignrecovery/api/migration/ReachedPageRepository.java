package org.campaignrecovery.api.migration;

import static com.mongodb.client.model.Filters.in;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;

import com.mongodb.client.model.InsertManyOptions;

import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Writes what was reached before the run was here. Repeating it does nothing, as long as it is the same. */
@ApplicationScoped
class ReachedPageRepository implements GuardedRepository<PageDocument> {
    private static final InsertManyOptions UNORDERED = new InsertManyOptions().ordered(false);

    /** Page after page. False: an earlier pass that was interrupted wrote other addresses. */
    Uni<Boolean> write(List<ReachedPage> pages) {
        return Multi.createFrom().iterable(pages).onItem().transformToUniAndConcatenate(this::write).collect().asList()
                .map(written -> written.stream().allMatch(same -> same));
    }

    private Uni<Boolean> write(ReachedPage page) {
        return insert(DeliveryDocument.COLLECTION, DeliveryDocument.class, page.deliveries())
                .chain(() -> insert(BatchDocument.COLLECTION, BatchDocument.class, page.batches()))
                .chain(() -> insert(PageDocument.COLLECTION, PageDocument.class, List.of(page.page()))).chain(() -> same(page));
    }

    private <D> Uni<Void> insert(String collection, Class<D> type, List<D> documents) {
        return of(collection, type).insertMany(documents, UNORDERED).replaceWithVoid().onFailure(Duplicates::areAllDuplicateKeys)
                .recoverWithNull();
    }

    private Uni<Boolean> same(ReachedPage page) {
        Map<String, List<String>> members = page.batches().stream().collect(Collectors.toMap(BatchDocument::id, BatchDocument::members));
        return of(BatchDocument.COLLECTION, BatchDocument.class).find(in("_id", members.keySet())).collect().asList()
                .map(found -> found.stream().allMatch(batch -> batch.members().equals(members.get(batch.id()))));
    }

    private <D> ReactiveMongoCollection<D> of(String collection, Class<D> type) {
        return mongoDatabase().getCollection(collection, type);
    }
}
