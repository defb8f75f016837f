package org.campaignrecovery.api.preview;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.audience.CustomerIdText;
import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.audience.CustomerId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import io.smallrye.mutiny.Uni;

/** A campaign as one customer would see it. */
@Path("/api/campaigns/{id}/preview")
@RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
@Tag(name = "campaigns")
public class PreviewResource {
    private final CampaignAccess access;
    private final Previewing previewing;

    PreviewResource(CampaignAccess access, Previewing previewing) {
        this.access = access;
        this.previewing = previewing;
    }

    /** @param customerId a text or a number */
    public record PreviewRequest(@JsonDeserialize(using = CustomerIdText.class) String customerId) {
    }

    @POST
    @Operation(operationId = "previewCampaign", summary = "The messages that one customer would get, and whether they would", description = "Nothing is sent. The link to unsubscribe in a preview leads nowhere.")
    public Uni<Preview> preview(@RestPath String id, PreviewRequest request) {
        CustomerId customer = CustomerId.of(request == null ? null : request.customerId()).orElseThrow(() -> ProblemType.VALIDATION
                .problem(List.of(new FieldError("customerId", "is missing: whose messages shall be shown?"))));
        return access.found(id).chain(campaign -> previewing.of(campaign, customer));
    }
}
