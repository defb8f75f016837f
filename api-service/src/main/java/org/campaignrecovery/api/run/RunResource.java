package org.campaignrecovery.api.run;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** A run and its deliveries, for everybody who is logged in. */
@Path("/api/runs")
@Authenticated
@Tag(name = "runs")
public class RunResource {
    private final RunRepository runs;
    private final RunCountsRepository accounts;
    private final DeliveryRepository deliveries;

    RunResource(RunRepository runs, RunCountsRepository accounts, DeliveryRepository deliveries) {
        this.runs = runs;
        this.accounts = accounts;
        this.deliveries = deliveries;
    }

    @GET
    @Path("/{runId}")
    @Operation(operationId = "getRun", summary = "One run with its accounts")
    public Uni<RunView> get(@RestPath String runId) {
        return found(runId).chain(run -> accounts.of(List.of(runId)).map(sums -> RunView.of(run, sums.get(runId))));
    }

    @GET
    @Path("/{runId}/deliveries")
    @Operation(operationId = "listDeliveries", summary = "The deliveries of a run, by id")
    public Uni<Listing<DeliveryView>> deliveries(@RestPath String runId, @QueryParam("state") String state,
            @QueryParam("channel") String channel, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        DeliveryState wantedState = named(DeliveryState.class, "state", state);
        Channel wantedChannel = named(Channel.class, "channel", channel);
        return found(runId).chain(() -> deliveries.page(runId, wantedState, wantedChannel, paging))
                .map(found -> Listing.of(found, paging.limit(), DeliveryDocument::id).map(DeliveryView::of));
    }

    @GET
    @Path("/{runId}/deliveries.csv")
    @Produces("text/csv")
    @Operation(operationId = "exportDeliveries", summary = "The deliveries of a run as CSV (RFC 4180), however many", description = "A value that a spreadsheet would take for a formula begins with an apostrophe.")
    public RestMulti<String> csv(@RestPath String runId, @QueryParam("state") String state, @QueryParam("channel") String channel) {
        DeliveryState wantedState = named(DeliveryState.class, "state", state);
        Channel wantedChannel = named(Channel.class, "channel", channel);
        return RestMulti.fromUniResponse(found(runId), run -> DeliveriesCsv.of(deliveries.all(runId, wantedState, wantedChannel)),
                run -> Map.of("Content-Disposition", List.of("attachment; filename=\"deliveries.csv\"")));
    }

    private Uni<RunDocument> found(String runId) {
        return runs.withId(runId).map(run -> run.orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no run with this id")));
    }

    private static <E extends Enum<E> & Wire> E named(Class<E> type, String parameter, String name) {
        if (name == null || name.isEmpty()) {
            return null;
        }
        return Arrays.stream(type.getEnumConstants()).filter(constant -> constant.wire().equals(name)).findFirst()
                .orElseThrow(() -> ProblemType.BAD_REQUEST.problem("%s must be among %s".formatted(parameter,
                        Arrays.stream(type.getEnumConstants()).map(Wire::wire).collect(Collectors.joining(", ")))));
    }
}
