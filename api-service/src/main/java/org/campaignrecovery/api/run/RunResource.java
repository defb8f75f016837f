package org.campaignrecovery.api.run;

import java.util.List;
import java.util.Map;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.NamedValue;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.evidence.PossiblyTwiceRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
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
    private final PossiblyTwiceRepository twice;

    RunResource(RunRepository runs, RunCountsRepository accounts, DeliveryRepository deliveries, PossiblyTwiceRepository twice) {
        this.runs = runs;
        this.accounts = accounts;
        this.deliveries = deliveries;
        this.twice = twice;
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
            @QueryParam("channel") String channel,
            @Parameter(description = "true: only those of which an earlier attempt than the latest turned out to have been accepted") @QueryParam("possiblyTwice") String possiblyTwice,
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        boolean onlyTwice = flag("possiblyTwice", possiblyTwice);
        DeliveryState wantedState = NamedValue.of(DeliveryState.class, "state", state);
        Channel wantedChannel = NamedValue.of(Channel.class, "channel", channel);
        return found(runId).chain(() -> onlyTwice ? twice.deliveries(runId) : Uni.createFrom().<List<String>>nullItem())
                .chain(among -> deliveries.page(runId, wantedState, wantedChannel, among, paging))
                .map(found -> Listing.of(found, paging.limit(), DeliveryDocument::id).map(DeliveryView::of));
    }

    @GET
    @Path("/{runId}/deliveries.csv")
    @Produces("text/csv")
    @Operation(operationId = "exportDeliveries", summary = "The deliveries of a run as CSV (RFC 4180), however many", description = "A value that a spreadsheet would take for a formula begins with an apostrophe.")
    public RestMulti<String> csv(@RestPath String runId, @QueryParam("state") String state, @QueryParam("channel") String channel) {
        DeliveryState wantedState = NamedValue.of(DeliveryState.class, "state", state);
        Channel wantedChannel = NamedValue.of(Channel.class, "channel", channel);
        return RestMulti.fromUniResponse(found(runId), run -> DeliveriesCsv.of(deliveries.all(runId, wantedState, wantedChannel)),
                run -> Map.of("Content-Disposition", List.of("attachment; filename=\"deliveries.csv\"")));
    }

    private Uni<RunDocument> found(String runId) {
        return runs.withId(runId).map(run -> run.orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no run with this id")));
    }

    private static boolean flag(String parameter, String text) {
        if (text == null || text.isEmpty() || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw ProblemType.BAD_REQUEST.problem(parameter + " must be true or false");
    }
}
