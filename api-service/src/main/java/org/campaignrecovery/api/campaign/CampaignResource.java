package org.campaignrecovery.api.campaign;

import java.net.URI;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.audience.SegmentRepository;
import org.campaignrecovery.api.audience.TargetsReader;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.NamedValue;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Campaigns: writing and reading them. */
@Path("/api/campaigns")
@Authenticated
@Tag(name = "campaigns")
public class CampaignResource {
    private final CampaignEditing editing;
    private final CampaignAccess access;
    private final CampaignRepository campaigns;
    private final SegmentRepository segments;
    private final SecurityIdentity identity;

    CampaignResource(CampaignEditing editing, CampaignAccess access, CampaignRepository campaigns, SegmentRepository segments,
            SecurityIdentity identity) {
        this.identity = identity;
        this.editing = editing;
        this.access = access;
        this.campaigns = campaigns;
        this.segments = segments;
    }

    @POST
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "createCampaign", summary = "Write a campaign; it begins as a draft")
    @APIResponse(responseCode = "201", description = "The draft", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> create(CampaignRequest request) {
        return created(editing.create(request, Actor.of(identity)));
    }

    @POST
    @Path("/{id}/clone")
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "cloneCampaign", summary = "Begin a draft with the content of another campaign")
    @APIResponse(responseCode = "201", description = "The draft", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = CampaignView.class)))
    public Uni<RestResponse<CampaignView>> copy(@RestPath String id) {
        return created(editing.copy(id, Actor.of(identity)));
    }

    /** Whether a campaign is put away, which is what is meant when nothing is said, or taken out again. */
    public record Archiving(Boolean archived) {
    }

    @POST
    @Path("/{id}/archive")
    @RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "archiveCampaign", summary = "Put a campaign away that is not under way, or take it out again")
    public Uni<RestResponse<CampaignView>> archive(@RestPath String id, @HeaderParam("If-Match") String ifMatch, Archiving archiving) {
        boolean away = archiving == null || !Boolean.FALSE.equals(archiving.archived());
        return editing.archive(id, ifMatch, away, Actor.of(identity)).map(CampaignView::of).map(CampaignResource::tagged);
    }

    private Uni<RestResponse<CampaignView>> created(Uni<CampaignDocument> campaign) {
        return campaign.chain(this::view).map(view -> RestResponse.ResponseBuilder.create(RestResponse.Status.CREATED, view)
                .location(URI.create("/api/campaigns/" + view.id)).header("ETag", ETags.of(view.rev)).build());
    }

    @GET
    @Operation(operationId = "listCampaigns", summary = "Campaigns, the newest first unless sort says otherwise, without their customers' ids")
    public Uni<Listing<CampaignView>> list(@QueryParam("status") String status, @QueryParam("q") String q,
            @QueryParam("archived") boolean archived,
            @Parameter(description = "createdAt, updatedAt, startDate or name, with - before it for descending") @QueryParam("sort") String sort,
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        CampaignSort order = CampaignSort.parse(sort);
        return campaigns.page(NamedValue.of(CampaignStatus.class, "status", status), q, archived, order, paging)
                .map(found -> Listing.of(found, paging.limit(), order::position).map(CampaignView::of));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getCampaign", summary = "One campaign")
    public Uni<RestResponse<CampaignView>> get(@RestPath String id) {
        return access.found(id).chain(this::view).map(CampaignResource::tagged);
    }

    @PUT
    @Path("/{id}")
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "replaceCampaign", summary = "Write a draft or a rejected campaign anew, for its author")
    public Uni<RestResponse<CampaignView>> replace(@RestPath String id, @HeaderParam("If-Match") String ifMatch, CampaignRequest request) {
        return editing.replace(id, ifMatch, request, Actor.of(identity)).chain(this::view).map(CampaignResource::tagged);
    }

    @DELETE
    @Path("/{id}")
    @RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "deleteCampaign", summary = "Delete a draft, for its author")
    public Uni<Void> delete(@RestPath String id, @HeaderParam("If-Match") String ifMatch) {
        return editing.delete(id, ifMatch, Actor.of(identity));
    }

    private Uni<CampaignView> view(CampaignDocument campaign) {
        CampaignView view = CampaignView.of(campaign);
        CampaignDocument.Audience audience = campaign.audience;
        boolean few = audience.isSegment() && audience.size() > 0 && audience.size() <= TargetsReader.MAX_IDS;
        return few ? segments.ids(audience.segment(), audience.size()).map(view::with) : Uni.createFrom().item(view);
    }

    /** The campaign with its revision as entity tag. */
    public static RestResponse<CampaignView> tagged(CampaignView view) {
        return RestResponse.ResponseBuilder.ok(view).header("ETag", ETags.of(view.rev)).build();
    }
}
