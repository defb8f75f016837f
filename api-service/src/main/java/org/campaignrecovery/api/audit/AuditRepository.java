package org.campaignrecovery.api.audit;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gt;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.lte;
import static com.mongodb.client.model.Filters.or;
import static com.mongodb.client.model.Sorts.ascending;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.guard.GuardedRepository;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** Reads the audit; only {@link org.campaignrecovery.ledger.campaign.CampaignTransitions} writes it. */
@ApplicationScoped
public class AuditRepository implements GuardedRepository<AuditDocument> {
    private static final Bson BY_TIME = ascending("at", "_id");

    /** The changes of one campaign behind {@code after} (or null), the oldest first. */
    Uni<List<AuditDocument>> page(String campaign, AuditPosition after, int limit) {
        Bson of = eq("campaign", campaign);
        Bson behind = after == null ? of : and(of, or(gt("at", after.at()), and(eq("at", after.at()), gt("_id", after.id()))));
        return mongoCollection().find(behind, new FindOptions().sort(BY_TIME).limit(limit)).collect().asList();
    }

    /** The changes of one campaign between two instants, both included, the oldest first. */
    public Uni<List<AuditDocument>> between(String campaign, Instant from, Instant until, int atMost) {
        return mongoCollection().find(and(eq("campaign", campaign), gte("at", from), lte("at", until)),
                new FindOptions().sort(BY_TIME).limit(atMost)).collect().asList();
    }

    /** Whether the audit knows a campaign of this id, which need not exist any more. */
    public Uni<Boolean> knows(String campaign) {
        return mongoCollection().find(eq("campaign", campaign), new FindOptions().limit(1)).collect().first().map(entry -> entry != null);
    }
}
