package org.campaignrecovery.api.campaign;

import static org.campaignrecovery.model.campaign.CampaignStatus.APPROVED;
import static org.campaignrecovery.model.campaign.CampaignStatus.DRAFT;
import static org.campaignrecovery.model.campaign.CampaignStatus.PENDING_APPROVAL;
import static org.campaignrecovery.model.campaign.CampaignStatus.REJECTED;
import static org.campaignrecovery.model.guard.Change.assign;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.guard.Change;

import io.smallrye.mutiny.Uni;

/** The way of a campaign from its author to its approval. */
@ApplicationScoped
public class CampaignApproval {
    private final CampaignTransitions transitions;
    private final CampaignAccess access;
    private final ContentCheck check;
    private final LedgerClock clock;

    CampaignApproval(CampaignTransitions transitions, CampaignAccess access, ContentCheck check, LedgerClock clock) {
        this.transitions = transitions;
        this.access = access;
        this.check = check;
        this.clock = clock;
    }

    Uni<CampaignDocument> submit(String id, String ifMatch, Actor actor) {
        return access.found(id).invoke(seen -> {
            access.requireAuthor(seen, actor);
            CampaignAccess.requireStatus(seen, "submitted", DRAFT);
            ETags.require(ifMatch, seen);
        }).call(seen -> check.submittable(CampaignContent.of(seen)))
                .chain(seen -> move(seen, PENDING_APPROVAL, new Move("submitted", actor, null), List.of()));
    }

    Uni<CampaignDocument> withdraw(String id, String ifMatch, Actor actor) {
        return access.found(id).invoke(seen -> {
            access.requireAuthor(seen, actor);
            CampaignAccess.requireStatus(seen, "withdrawn", PENDING_APPROVAL);
            ETags.require(ifMatch, seen);
        }).chain(seen -> move(seen, DRAFT, new Move("withdrawn", actor, null), List.of()));
    }

    Uni<CampaignDocument> approve(String id, String ifMatch, Actor actor) {
        return pending(id, ifMatch, "approved", actor).chain(seen -> move(seen, APPROVED, new Move("approved", actor, null),
                List.of(assign("approvedBy", actor.name()), assign("approvedAt", now()), assign("approvedHash", ContentHash.of(seen)))));
    }

    Uni<CampaignDocument> reject(String id, String ifMatch, Actor actor, String reason) {
        return pending(id, ifMatch, "rejected", actor).chain(seen -> move(seen, REJECTED, new Move("rejected", actor, reason),
                List.of(assign("rejectedBy", actor.name()), assign("rejectionReason", reason))));
    }

    private Uni<CampaignDocument> pending(String id, String ifMatch, String done, Actor actor) {
        return access.found(id).invoke(seen -> {
            access.requireAnother(seen, actor);
            CampaignAccess.requireStatus(seen, done, PENDING_APPROVAL);
            ETags.require(ifMatch, seen);
        });
    }

    private Uni<CampaignDocument> move(CampaignDocument seen, CampaignStatus to, Move move, List<Change> more) {
        Instant now = now();
        return transitions.apply(CampaignRules.change(seen.id, seen.status, seen.rev, to, now).with(more),
                AuditDocument.of(seen.id, move.actor.name(), now, seen.status, to, move.why))
                .chain(before -> access.after(before.isPresent(), seen, move.done, seen.status));
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }

    private record Move(String done, Actor actor, String why) {
    }
}
