package org.campaignrecovery.api.campaign;

import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.smallrye.mutiny.Uni;

/** Who may do what with a campaign, and when; every refusal is a problem with a sentence. */
@ApplicationScoped
public class CampaignAccess {
    private final CampaignRepository campaigns;

    CampaignAccess(CampaignRepository campaigns) {
        this.campaigns = campaigns;
    }

    /** Fails with 404 when there is no such campaign. */
    public Uni<CampaignDocument> found(String id) {
        return campaigns.withId(id).map(campaign -> campaign.orElseThrow(() -> ProblemType.NOT_FOUND
                .problem("there is no campaign with this id")));
    }

    public void requireAuthor(CampaignDocument campaign, Actor actor) {
        if (!campaign.createdBy.equals(actor.name()) && !actor.is(Role.ADMIN)) {
            throw ProblemType.FORBIDDEN.problem("only its author, %s, may do this with the campaign".formatted(campaign.createdBy));
        }
    }

    /** Marketers stop what they wrote; managers, operators and admins stop anything. */
    public void requireMayStop(CampaignDocument campaign, Actor actor) {
        if (!actor.is(Role.MARKETING_MANAGER) && !actor.is(Role.OPERATOR)) {
            requireAuthor(campaign, actor);
        }
    }

    /** Four eyes: whoever has written at it does not decide about it. */
    void requireAnother(CampaignDocument campaign, Actor actor) {
        if (campaign.authors.contains(actor.name())) {
            throw ProblemType.FORBIDDEN.problem("nobody decides about a campaign that they wrote; somebody else must approve or reject it");
        }
    }

    /** @param done what is asked for, as a participle */
    public static void requireStatus(CampaignDocument campaign, String done, CampaignStatus... allowed) {
        if (!List.of(allowed).contains(campaign.status)) {
            throw ProblemType.CONFLICT.builder("the campaign is %s; only one that is %s can be %s".formatted(campaign.status.wire(),
                    Arrays.stream(allowed).map(Wire::wire).collect(Collectors.joining(" or ")), done))
                    .with("currentStatus", campaign.status.wire()).build();
        }
    }

    /** The campaign after a guarded update; when that lost, a conflict that says where the campaign stands now. */
    public Uni<CampaignDocument> after(boolean won, CampaignDocument seen, String done, CampaignStatus... allowed) {
        return found(seen.id).invoke(now -> {
            if (!won) {
                requireStatus(now, done, allowed);
                throw ProblemType.CONFLICT.builder("somebody else has changed the campaign just now (revision %d, status %s); read it again"
                        .formatted(now.rev, now.status.wire())).with("currentStatus", now.status.wire()).build();
            }
        });
    }
}
