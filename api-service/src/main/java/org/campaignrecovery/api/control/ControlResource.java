package org.campaignrecovery.api.control;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.campaign.CampaignResource;
import org.campaignrecovery.api.campaign.CampaignView;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Stopping campaigns and letting them go. The answer is the campaign, without its customers' ids. */
@Path("/api/campaigns/{id}")
@Tag(name = "campaigns")
public class ControlResource {
    private final CampaignControl control;
    private final RunNow runNow;
    private final SecurityIdentity identity;

    ControlResource(CampaignControl control, RunNow runNow, SecurityIdentity identity) {
        this.control = control;
        this.runNow = runNow;
        this.identity = identity;
    }

    @POST
    @Path("/pause")
    @RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "pauseCampaign", summary = "Send nothing more of a campaign until it is resumed; marketers their own", description = "Once this is answered nothing is sent later than the time-out of what is on its way to a provider.")
    public Uni<RestResponse<CampaignView>> pause(@RestPath String id, @HeaderParam("If-Match") String ifMatch, Reason why) {
        return answer(control.pause(id, ifMatch, Actor.of(identity), Reason.of(why)));
    }

    @POST
    @Path("/resume")
    @RolesAllowed({Role.MARKETING_MANAGER_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "resumeCampaign", summary = "Let a paused campaign go on where it was")
    public Uni<RestResponse<CampaignView>> resume(@RestPath String id, @HeaderParam("If-Match") String ifMatch, Reason why) {
        return answer(control.resume(id, ifMatch, Actor.of(identity), Reason.of(why)));
    }

    @POST
    @Path("/cancel")
    @RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "cancelCampaign", summary = "End a campaign for good; marketers their own", description = "Once this is answered nothing is sent later than the time-out of what is on its way to a provider. "
            + "What was not sent is counted as cancelled.")
    public Uni<RestResponse<CampaignView>> cancel(@RestPath String id, @HeaderParam("If-Match") String ifMatch, Reason why) {
        return answer(control.cancel(id, ifMatch, Actor.of(identity), Reason.of(why)));
    }

    @POST
    @Path("/run-now")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "runCampaignNow", summary = "Start a campaign that is scheduled, was missed or has failed", description = "Nobody is reached twice: a campaign that was missed or has failed goes on with the same run, and a bulk "
            + "campaign has only one. A run of its own of a recurring campaign needs an Idempotency-Key; the same key is the "
            + "same run, however often it is asked for.")
    public Uni<RestResponse<CampaignView>> runNow(@RestPath String id, @HeaderParam("If-Match") String ifMatch,
            @HeaderParam("Idempotency-Key") String key, Reason why) {
        return answer(runNow.order(id, new RunNow.Order(key, ifMatch, Actor.of(identity), Reason.of(why))));
    }

    private static Uni<RestResponse<CampaignView>> answer(Uni<CampaignDocument> campaign) {
        return campaign.map(CampaignView::of).map(CampaignResource::tagged);
    }
}
