package org.campaignrecovery.ledger.erasure;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.consent.LinkKeyRepository;
import org.campaignrecovery.ledger.guard.Duplicates;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.erasure.ErasureRules;
import org.campaignrecovery.model.erasure.Pseudonym;

import com.mongodb.client.model.Projections;
import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Who was erased: asked for and carried out by apis, heeded by planners. */
@ApplicationScoped
public class ErasureRepository implements GuardedRepository<ErasureDocument> {
    private static final String KEY = "erasure";

    private final LinkKeyRepository keys;
    private volatile Pseudonym known;

    ErasureRepository(LinkKeyRepository keys) {
        this.keys = keys;
    }

    /** Writes down that the customer is to be erased, once more if they were before; answers with what is written. */
    public Uni<ErasureDocument> ask(String customer, String by, Instant now) {
        return pseudonym().chain(pseudonym -> {
            String id = pseudonym.of(customer);
            return mongoCollection().insertOne(new ErasureDocument(id, customer, now, by, null)).replaceWithVoid()
                    .onFailure(Duplicates::isDuplicateKey)
                    .recoverWithUni(() -> won(ErasureRules.again(id, customer, by, now)).replaceWithVoid()).chain(() -> byId(id));
        });
    }

    /** Those that were asked for before then of which something is left to do, the oldest first. */
    public Uni<List<ErasureDocument>> open(Instant before, int atMost) {
        return mongoCollection()
                .find(and(exists("finishedAt", false), lt("at", before)), new FindOptions().sort(Sorts.ascending("at")).limit(atMost))
                .collect()
                .asList();
    }

    /**
     * Which of these customers of a run were erased: after the run was due, or at that time. What they want of a run that was due later the
     * orders say.
     *
     * @param customers canonical ids
     */
    public Uni<Set<String>> among(Collection<String> customers, Instant scheduledFor) {
        if (customers.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        return pseudonym().chain(pseudonym -> {
            Map<String, String> byId = new LinkedHashMap<>();
            customers.forEach(customer -> byId.put(pseudonym.of(customer), customer));
            return mongoCollection().find(and(in("_id", byId.keySet()), gte("at", scheduledFor)),
                    new FindOptions().projection(Projections.include("_id"))).map(found -> byId.get(found.id())).collect()
                    .with(Collectors.toSet());
        });
    }

    /** Every run that they concern is over and anonymised. */
    public Uni<Long> forgetOlderThan(Instant oldest) {
        return mongoCollection().deleteMany(and(exists("finishedAt", true), lt("at", oldest))).map(result -> result.getDeletedCount());
    }

    private Uni<Pseudonym> pseudonym() {
        Pseudonym pseudonym = known;
        return pseudonym != null
                ? Uni.createFrom().item(pseudonym)
                : keys.named(KEY, Pseudonym.KEY_BYTES).map(Pseudonym::new).invoke(made -> known = made);
    }
}
