package org.campaignrecovery.ledger.evidence;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.util.Collection;
import java.util.List;
import java.util.function.BiConsumer;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunEventDocument;
import org.campaignrecovery.model.run.RunEventKind;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Who may have received two messages, as the runs' histories say it: found without looking through the deliveries of a run. */
@ApplicationScoped
public class PossiblyTwiceRepository implements GuardedRepository<RunEventDocument> {
    private static final int AT_MOST = 10_000;

    /** Whether it was not noted yet. */
    Uni<Boolean> note(RunEventDocument event) {
        return mongoCollection().insertOne(event).replaceWith(true).onFailure(Duplicates::isDuplicateKey).recoverWithItem(false);
    }

    /** The deliveries of a run that were noted, each once; the first ten thousand. */
    public Uni<List<String>> deliveries(String run) {
        return mongoCollection().find(and(eq("run", run), eq("kind", RunEventKind.POSSIBLY_TWICE.wire())),
                new FindOptions().projection(include("run", "at", "kind", "delivery")).limit(AT_MOST)).map(RunEventDocument::delivery)
                .collect().asList().map(found -> found.stream().distinct().toList());
    }

    /** Tells run and batch of everything noted about these runs. */
    public Uni<Void> forEach(Collection<String> runs, BiConsumer<String, String> action) {
        return mongoCollection().find(and(in("run", runs), eq("kind", RunEventKind.POSSIBLY_TWICE.wire())),
                new FindOptions().projection(include("run", "batch"))).invoke(event -> action.accept(event.run(), event.batch())).collect()
                .last().replaceWithVoid();
    }
}
