package org.campaignrecovery.api.campaign;

import static org.campaignrecovery.model.campaign.CampaignStatus.CANCELLED;
import static org.campaignrecovery.model.campaign.CampaignStatus.COMPLETED;
import static org.campaignrecovery.model.campaign.CampaignStatus.DRAFT;
import static org.campaignrecovery.model.campaign.CampaignStatus.FAILED;
import static org.campaignrecovery.model.campaign.CampaignStatus.MISSED;
import static org.campaignrecovery.model.campaign.CampaignStatus.REJECTED;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.audience.SegmentRepository;
import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignRules;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.guard.GuardedUpdate;

import io.smallrye.mutiny.Uni;

/** Writing campaigns. Nothing is stored before everything about it was found right. */
@ApplicationScoped
public class CampaignEditing {
    private static final CampaignStatus[] NOT_UNDER_WAY = {DRAFT, REJECTED, MISSED, FAILED, COMPLETED, CANCELLED};

    private final CampaignRepository campaigns;
    private final SegmentRepository segments;
    private final CampaignTransitions transitions;
    private final CampaignAccess access;
    private final ContentCheck check;
    private final LedgerClock clock;

    CampaignEditing(CampaignRepository campaigns, SegmentRepository segments, CampaignTransitions transitions, CampaignAccess access,
            ContentCheck check, LedgerClock clock) {
        this.campaigns = campaigns;
        this.segments = segments;
        this.transitions = transitions;
        this.access = access;
        this.check = check;
        this.clock = clock;
    }

    Uni<CampaignDocument> create(CampaignRequest request, Actor actor) {
        return check.read(request)
                .chain(content -> stored(content, CampaignDocument.Audience.NOBODY).map(audience -> newCampaign(content, audience, actor)))
                .call(campaigns::insert).call(campaign -> transitions.append(campaign.lastChange));
    }

    /** A draft of {@code actor}'s with the content of any campaign. */
    Uni<CampaignDocument> copy(String id, Actor actor) {
        return access.found(id).map(original -> {
            CampaignDocument copy = newCampaign(CampaignContent.of(original), original.audience, actor);
            copy.lastChange = AuditDocument.of(copy.id, actor.name(), copy.createdAt, null, DRAFT, "cloned from " + original.id);
            return copy;
        }).call(campaigns::insert).call(copy -> transitions.append(copy.lastChange));
    }

    /** Only what is not under way can be put away, so that nothing is sent that nobody sees. */
    Uni<CampaignDocument> archive(String id, String ifMatch, boolean away, Actor actor) {
        return access.found(id).invoke(seen -> {
            if (!actor.is(Role.MARKETING_MANAGER)) {
                access.requireAuthor(seen, actor);
            }
            CampaignAccess.requireStatus(seen, "archived", NOT_UNDER_WAY);
            ETags.require(ifMatch, seen);
        }).chain(seen -> transitions.apply(CampaignRules.archive(seen.id, seen.status, seen.rev, away, now()),
                AuditDocument.of(seen.id, actor.name(), now(), seen.status, seen.status, away ? "archived" : "taken out of the archive"))
                .chain(before -> access.after(before.isPresent(), seen, "archived", NOT_UNDER_WAY)));
    }

    private CampaignDocument newCampaign(CampaignContent content, CampaignDocument.Audience audience, Actor actor) {
        CampaignDocument campaign = new CampaignDocument();
        campaign.id = campaigns.nextId();
        campaign.rev = 1;
        campaign.status = DRAFT;
        content.writeTo(campaign, audience);
        campaign.createdBy = actor.name();
        campaign.authors = List.of(actor.name());
        campaign.createdAt = now();
        campaign.updatedAt = campaign.createdAt;
        campaign.lastChange = AuditDocument.of(campaign.id, actor.name(), campaign.createdAt, null, DRAFT, "created");
        return campaign;
    }

    /** Replaces the content of a draft; a rejected campaign becomes a draft again. */
    Uni<CampaignDocument> replace(String id, String ifMatch, CampaignRequest request, Actor actor) {
        return changeable(id, ifMatch, actor).chain(seen -> check.read(request).chain(content -> stored(content, seen.audience)
                .chain(audience -> replace(seen, content, audience, actor))));
    }

    /**
     * Replaces the audience of a draft by a list of customers; a rejected campaign becomes a draft again.
     *
     * @param list is read only when the list may be replaced
     */
    public Uni<CampaignDocument> target(String id, String ifMatch, Uni<CampaignDocument.Audience> list, Actor actor) {
        return changeable(id, ifMatch, actor)
                .chain(seen -> list.chain(audience -> replace(seen, CampaignContent.of(seen), audience, actor)));
    }

    private Uni<CampaignDocument> changeable(String id, String ifMatch, Actor actor) {
        return access.found(id).invoke(seen -> {
            access.requireAuthor(seen, actor);
            CampaignAccess.requireStatus(seen, "changed", DRAFT, REJECTED);
            ETags.require(ifMatch, seen);
        });
    }

    private Uni<CampaignDocument> replace(CampaignDocument seen, CampaignContent content, CampaignDocument.Audience audience, Actor actor) {
        Instant now = now();
        CampaignDocument next = new CampaignDocument();
        content.writeTo(next, audience);
        next.authors = Stream.concat(seen.authors.stream(), Stream.of(actor.name())).distinct().toList();
        GuardedUpdate update = ContentUpdate.of(seen, next, now);
        Uni<Boolean> won = seen.status == DRAFT
                ? campaigns.won(update)
                : transitions
                        .apply(update, AuditDocument.of(seen.id, actor.name(), now, REJECTED, DRAFT, "edited"))
                        .map(before -> before.isPresent());
        return won.chain(mine -> access.after(mine, seen, "changed", DRAFT, REJECTED));
    }

    Uni<Void> delete(String id, String ifMatch, Actor actor) {
        return access.found(id).invoke(seen -> {
            access.requireAuthor(seen, actor);
            CampaignAccess.requireStatus(seen, "deleted", DRAFT);
            ETags.require(ifMatch, seen);
        }).chain(seen -> campaigns.delete(id, CampaignStatus.DRAFT, seen.rev)
                .chain(mine -> mine
                        ? transitions.append(seen.lastChange, AuditDocument.of(id, actor.name(), now(), DRAFT, null, "deleted"))
                        : access.after(false, seen, "deleted", DRAFT).replaceWithVoid()));
    }

    /** @param before whom the campaign was for */
    private Uni<CampaignDocument.Audience> stored(CampaignContent content, CampaignDocument.Audience before) {
        if (content.audience() instanceof Targets.Ids named) {
            return segments.store(named.ids()).map(ids -> CampaignDocument.Audience.segment(ids.segment(), ids.size()));
        }
        return Uni.createFrom().item(content.audience() instanceof Targets.Known known
                ? known.audience()
                : before.isSegment() ? before : CampaignDocument.Audience.NOBODY);
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
