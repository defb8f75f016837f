package org.campaignrecovery.api.batch;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** What an operator may do about a batch. */
@Path("/api/batches/{id}")
@Tag(name = "runs")
public class BatchResource {
    private static final Logger LOG = Logger.getLogger(BatchResource.class);

    private final ParkedBatchRepository batches;
    private final LedgerClock clock;
    private final SecurityIdentity identity;

    BatchResource(ParkedBatchRepository batches, LedgerClock clock, SecurityIdentity identity) {
        this.identity = identity;
        this.batches = batches;
        this.clock = clock;
    }

    @POST
    @Path("/release")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "releaseBatch", summary = "Let the workers try a parked batch again")
    @APIResponse(responseCode = "204", description = "Released; a worker takes it within seconds")
    @APIResponse(responseCode = "404", description = "There is no such batch")
    @APIResponse(responseCode = "409", description = "The batch is not parked")
    public Uni<Void> release(@RestPath String id) {
        String who = identity.getPrincipal().getName();
        return batches.release(id, clock.now()).chain(released -> {
            if (released) {
                LOG.infof("released batch=%s who=%s", id, who);
                return Uni.createFrom().voidItem();
            }
            return batches.exists(id).map(exists -> {
                throw exists
                        ? ProblemType.CONFLICT.problem("this batch is not parked")
                        : ProblemType.NOT_FOUND.problem("there is no batch with this id");
            });
        });
    }
}
