package org.campaignrecovery.api.erasure;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.audience.CustomerId;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Takes a customer's personal data out of the ledger. */
@Path("/api/customers/{id}")
@RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
@Tag(name = "personal data")
public class ErasureResource {
    private static final int LONGEST = 200;

    private final Erasures erasures;
    private final SecurityIdentity identity;

    ErasureResource(Erasures erasures, SecurityIdentity identity) {
        this.erasures = erasures;
        this.identity = identity;
    }

    @DELETE
    @Operation(operationId = "eraseCustomer", summary = "Anonymise everything that the ledger has of a customer", description = "Erase the customer from the orders first: they are the shop's, and whoever is in them is reached by later runs. What of the "
            + "customer is not sent yet is cancelled; all counts stay. Addresses on the suppression list stay there. May be repeated.")
    @APIResponse(responseCode = "200", description = "Nothing of the customer is left", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ErasureReport.class)))
    @APIResponse(responseCode = "202", description = "Something had to be left for now, a message that is being sent for instance; it is erased by itself when that has ended", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = ErasureReport.class)))
    @APIResponse(responseCode = "400", description = "That is no customer's id")
    public Uni<RestResponse<ErasureReport>> erase(
            @Parameter(description = "as the orders have it") @RestPath String id) {
        CustomerId customer = CustomerId.of(id).filter(known -> known.text().length() <= LONGEST)
                .orElseThrow(() -> ProblemType.BAD_REQUEST.problem("a customer's id has 1 to %d characters".formatted(LONGEST)));
        return erasures.erase(customer, id, identity.getPrincipal().getName()).map(report -> RestResponse.ResponseBuilder
                .create(report.finished() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, report).build());
    }
}
