package org.campaignrecovery.api.upload;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.campaign.CampaignEditing;
import org.campaignrecovery.api.campaign.CampaignResource;
import org.campaignrecovery.api.campaign.CampaignView;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** A campaign's customers as a file, for lists that a request in JSON cannot hold. */
@Path("/api/campaigns/{id}/audience.csv")
@RolesAllowed({Role.MARKETER_NAME, Role.ADMIN_NAME})
@Tag(name = "audiences")
public class AudienceUploadResource {
    private static final String CSV = "text/csv";

    private final CampaignEditing editing;
    private final AudienceUpload upload;
    private final SecurityIdentity identity;

    AudienceUploadResource(CampaignEditing editing, AudienceUpload upload, SecurityIdentity identity) {
        this.editing = editing;
        this.upload = upload;
        this.identity = identity;
    }

    /** The body is read here and not as a parameter, which would hold all of it in memory. */
    @PUT
    @Consumes(CSV)
    @Operation(operationId = "uploadAudience", summary = "Replace the audience of a draft by the customers of a CSV file, for its author", description = "A column customer_id, others are passed over; UTF-8; up to campaign.upload.max-size (512 MiB, more than ten "
            + "million ids). Repeated ids count once. A file with a line that cannot be read is refused as a whole, with the lines; the campaign keeps the audience that it had.")
    @RequestBody(required = true, content = @Content(mediaType = CSV, schema = @Schema(type = SchemaType.STRING, examples = "customer_id\r\n17850\r\n13047\r\n")))
    public Uni<RestResponse<CampaignView>> upload(@RestPath String id, @HeaderParam("If-Match") String ifMatch,
            @Context HttpServerRequest request) {
        return editing
                .target(id, ifMatch, upload.taken(io.vertx.mutiny.core.http.HttpServerRequest.newInstance(request)), Actor.of(identity))
                .map(CampaignView::of).map(CampaignResource::tagged)
                .onFailure().invoke(() -> passOver(request));
    }

    /** What nobody reads would keep its sender from reading our answer. */
    private static void passOver(HttpServerRequest request) {
        if (!request.isEnded()) {
            request.handler(chunk -> {
            }).resume();
        }
    }
}
