package org.campaignrecovery.api.run;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** A delivery, for everybody who is logged in. */
@Path("/api/deliveries")
@Authenticated
@Tag(name = "runs")
public class DeliveryResource {
    private final DeliveryRepository deliveries;
    private final EvidenceRepository evidence;

    DeliveryResource(DeliveryRepository deliveries, EvidenceRepository evidence) {
        this.deliveries = deliveries;
        this.evidence = evidence;
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getDelivery", summary = "One delivery with its attempts and the evidence about them")
    public Uni<DeliveryView> delivery(@RestPath String id) {
        return deliveries.withId(id).map(found -> found.map(DeliveryView::of)
                .orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no delivery with this id")))
                .chain(delivery -> evidence.about(id).map(delivery::with));
    }
}
