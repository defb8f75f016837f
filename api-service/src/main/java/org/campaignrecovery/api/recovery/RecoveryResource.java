package org.campaignrecovery.api.recovery;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

/** Recovery by hand; it happens by itself every second anyway. */
@Path("/api/campaigns/recover")
@Tag(name = "recovery")
public class RecoveryResource {
    private final Recovery recovery;

    RecoveryResource(Recovery recovery) {
        this.recovery = recovery;
    }

    @POST
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "recoverCampaigns", summary = "Resume whatever is pending, now")
    public Uni<RecoveryReport> recover() {
        return recovery.recover();
    }
}
