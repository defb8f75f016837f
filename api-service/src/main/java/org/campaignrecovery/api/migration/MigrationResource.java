package org.campaignrecovery.api.migration;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.JsonNode;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Moving in: takes over one campaign of the system before, for admins. */
@Path("/api/campaigns/migrate")
@Tag(name = "moving in")
public class MigrationResource {
    private final Migration migration;
    private final SecurityIdentity identity;

    MigrationResource(Migration migration, SecurityIdentity identity) {
        this.migration = migration;
        this.identity = identity;
    }

    @POST
    @RolesAllowed(Role.ADMIN_NAME)
    @Operation(operationId = "migrateCampaign", summary = "Take over a campaign of the old system; again it changes nothing", description = ""
            + "The body is one old campaign document, MongoDB's extended JSON. docs/moving-in.md says what becomes of it")
    public Uni<MigrationReport> migrate(JsonNode document) {
        if (document == null || !document.isObject()) {
            throw ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body");
        }
        return migration.migrate(document, Actor.of(identity));
    }
}
