package org.campaignrecovery.api.order;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** What an operator decides about messages that failed or are in doubt. */
@Path("/api/runs/{runId}")
@Tag(name = "runs")
public class OrderResource {
    private final RunOrders orders;
    private final DoubtResolution resolution;
    private final SecurityIdentity identity;

    OrderResource(RunOrders orders, DoubtResolution resolution, SecurityIdentity identity) {
        this.orders = orders;
        this.resolution = resolution;
        this.identity = identity;
    }

    @POST
    @Path("/retry")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "retryRun", summary = "Try again what has failed", description = "The run must be completed; it is completed again when everything has been tried.")
    @APIResponse(responseCode = "200", description = "How many messages are tried again")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run is not completed, or nothing of it may be sent any more")
    public Uni<OrderAnswer> retry(@RestPath String runId, OrderRequest.Retry body) {
        String why = OrderRequest.Retry.check(body);
        return orders.retryFailed(runId, identity.getPrincipal().getName(), why);
    }

    @POST
    @Path("/resolve")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "resolveDoubt", summary = "Decide about messages in doubt: send them again, or say what became of them", description = "resend: the run must be completed; each message is marked resent, as it may arrive twice. sent, failed: evidence, "
            + "nothing is sent; in any run.")
    @APIResponse(responseCode = "200", description = "How many messages it was, and which of those asked for were not in doubt")
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "409", description = "The run is not completed, nothing of it may be sent any more, or it is kept without personal data")
    public Uni<OrderAnswer> resolve(@RestPath String runId, OrderRequest.Resolve body) {
        OrderRequest.Resolution asked = OrderRequest.Resolve.check(body);
        String who = identity.getPrincipal().getName();
        return switch (asked.decision()) {
            case RESEND -> orders.resend(runId, asked.deliveries(), who, asked.why());
            case SENT -> resolve(runId, DeliveryState.SENT, asked, who);
            case FAILED -> resolve(runId, DeliveryState.FAILED, asked, who);
        };
    }

    private Uni<OrderAnswer> resolve(String runId, DeliveryState to, OrderRequest.Resolution asked, String who) {
        return orders.found(runId).invoke(RunOrders::requireAddresses)
                .chain(run -> resolution.resolve(run, to, asked.deliveries(), who, asked.why()));
    }
}
