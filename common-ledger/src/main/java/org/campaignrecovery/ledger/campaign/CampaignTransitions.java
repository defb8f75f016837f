package org.campaignrecovery.ledger.campaign;

import static org.campaignrecovery.model.guard.Change.assign;

import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.guard.Guards;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.eclipse.microprofile.config.inject.ConfigProperty;
import org.jboss.logging.Logger;

import com.mongodb.ErrorCategory;
import com.mongodb.MongoBulkWriteException;
import com.mongodb.client.model.InsertManyOptions;

import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * The one place where a campaign's status changes: a guarded update that carries its own audit entry, which is then appended to the
 * audit. Dying in between leaves the entry on the campaign, and the next change appends it.
 */
@ApplicationScoped
public class CampaignTransitions {
    private static final Logger LOG = Logger.getLogger(CampaignTransitions.class);

    private final ReactiveMongoCollection<CampaignDocument> campaigns;
    private final ReactiveMongoCollection<AuditDocument> audit;

    public CampaignTransitions(ReactiveMongoClient mongo, @ConfigProperty(name = "quarkus.mongodb.database") String database) {
        this.campaigns = mongo.getDatabase(database).getCollection(CampaignDocument.COLLECTION, CampaignDocument.class);
        this.audit = mongo.getDatabase(database).getCollection(AuditDocument.COLLECTION, AuditDocument.class);
    }

    /**
     * Carries out {@code update} and notes {@code entry}.
     *
     * @return the campaign as it was before, or empty when the guard did not hold: somebody else was first
     */
    public Uni<Optional<CampaignDocument>> apply(GuardedUpdate update, AuditDocument entry) {
        GuardedUpdate noted = update.with(assign("lastChange", entry));
        return campaigns.findOneAndUpdate(Guards.filter(noted), Guards.update(noted))
                .chain(before -> before == null
                        ? Uni.createFrom().item(Optional.empty())
                        : changed(before.lastChange, entry).replaceWith(Optional.of(before)));
    }

    private Uni<Void> changed(AuditDocument... entries) {
        CrashPoint.CAMPAIGN_CHANGED.reach();
        return append(entries);
    }

    /** Appends what is not there yet. A failure is only logged: the change has happened, and its entry is safe on the campaign. */
    public Uni<Void> append(AuditDocument... entries) {
        List<AuditDocument> known = Stream.of(entries).filter(Objects::nonNull).toList();
        return known.isEmpty()
                ? Uni.createFrom().voidItem()
                : audit.insertMany(known, new InsertManyOptions().ordered(false)).replaceWithVoid()
                        .onFailure(CampaignTransitions::onlyDuplicates).recoverWithNull()
                        .onFailure().invoke(failure -> LOG.warnf("the audit entry of campaign=%s is not appended yet (%s); its next change"
                                + " does it", known.get(0).campaign(), failure.getMessage()))
                        .onFailure().recoverWithNull();
    }

    private static boolean onlyDuplicates(Throwable failure) {
        return failure instanceof MongoBulkWriteException bulk && bulk.getWriteConcernError() == null
                && bulk.getWriteErrors().stream().allMatch(e -> e.getCategory() == ErrorCategory.DUPLICATE_KEY);
    }
}
