package org.campaignrecovery.api.campaign;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Four eyes: submitting, withdrawing, approving and rejecting campaigns. The answer is the campaign, without its customers' ids. */
@Path("/api/campaigns/{id}")
@Tag(name = "campaigns")
public class ApprovalResource {
    private static final int MAX_REASON = 2_000;

    private final CampaignApproval approval;
    private final SecurityIdentity identity;

    ApprovalResource(CampaignApproval approval, SecurityIdentity identity) {
        this.identity = identity;
        this.approval = approval;
    }

    /** Why a campaign is rejected. */
    public record Rejection(String reason) {
    }

    @POST
    @Path("/submit")
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "submitCampaign", summary = "Hand a draft in for approval, for its author")
    public Uni<RestResponse<CampaignView>> submit(@RestPath String id, @HeaderParam("If-Match") String ifMatch) {
        return answer(approval.submit(id, ifMatch, Actor.of(identity)));
    }

    @POST
    @Path("/withdraw")
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "withdrawCampaign", summary = "Take a submitted campaign back, for its author")
    public Uni<RestResponse<CampaignView>> withdraw(@RestPath String id, @HeaderParam("If-Match") String ifMatch) {
        return answer(approval.withdraw(id, ifMatch, Actor.of(identity)));
    }

    @POST
    @Path("/approve")
    @RolesAllowed({Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "approveCampaign", summary = "Approve a submitted campaign that somebody else wrote")
    public Uni<RestResponse<CampaignView>> approve(@RestPath String id, @HeaderParam("If-Match") String ifMatch) {
        return answer(approval.approve(id, ifMatch, Actor.of(identity)));
    }

    @POST
    @Path("/reject")
    @RolesAllowed({Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "rejectCampaign", summary = "Reject a submitted campaign that somebody else wrote, with a reason")
    public Uni<RestResponse<CampaignView>> reject(@RestPath String id, @HeaderParam("If-Match") String ifMatch, Rejection rejection) {
        return answer(approval.reject(id, ifMatch, Actor.of(identity), reason(rejection)));
    }

    private static String reason(Rejection rejection) {
        String reason = rejection == null || rejection.reason() == null ? "" : rejection.reason().trim();
        if (reason.isEmpty()) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("reason", "is missing: tell the author what to change")));
        }
        if (reason.length() > MAX_REASON) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("reason", "may have up to %d characters".formatted(MAX_REASON))));
        }
        return reason;
    }

    private static Uni<RestResponse<CampaignView>> answer(Uni<CampaignDocument> campaign) {
        return campaign.map(CampaignView::of).map(CampaignResource::tagged);
    }
}
