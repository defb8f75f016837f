package org.campaignrecovery.api.sending;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.control.Reason;
import org.campaignrecovery.api.sending.SendingSwitchRepository.Position;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Stops and starts sending for everything. Campaigns keep their states; what is due begins, and waits. */
@Path("/api/sending")
@Tag(name = "recovery")
public class SendingResource {
    private final SendingSwitchRepository sending;
    private final SecurityIdentity identity;

    SendingResource(SendingSwitchRepository sending, SecurityIdentity identity) {
        this.sending = sending;
        this.identity = identity;
    }

    @GET
    @Authenticated
    @Operation(operationId = "getSending", summary = "Whether anything is sent at all")
    public Uni<Position> get() {
        return sending.position();
    }

    @POST
    @Path("/stop")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "stopSending", summary = "Send nothing more of any campaign until it is started again")
    public Uni<Position> stop(Reason why) {
        return sending.turn(true, Actor.of(identity).name(), Reason.of(why));
    }

    @POST
    @Path("/start")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "startSending", summary = "Send again")
    public Uni<Position> start(Reason why) {
        return sending.turn(false, Actor.of(identity).name(), Reason.of(why));
    }
}
