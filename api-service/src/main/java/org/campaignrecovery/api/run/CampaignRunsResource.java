package org.campaignrecovery.api.run;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.ledger.run.RunDocument;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** The runs of a campaign, for everybody who is logged in. */
@Path("/api/campaigns/{id}/runs")
@Authenticated
@Tag(name = "runs")
public class CampaignRunsResource {
    private final RunRepository runs;
    private final RunCountsRepository accounts;
    private final CampaignAccess campaigns;

    CampaignRunsResource(RunRepository runs, RunCountsRepository accounts, CampaignAccess campaigns) {
        this.runs = runs;
        this.accounts = accounts;
        this.campaigns = campaigns;
    }

    @GET
    @Operation(operationId = "listCampaignRuns", summary = "The runs of a campaign, the latest first")
    public Uni<Listing<RunView>> ofCampaign(@RestPath String id, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return campaigns.found(id).chain(() -> runs.page(id, paging)).map(found -> Listing.of(found, paging.limit(), run -> run.id))
                .chain(this::views);
    }

    private Uni<Listing<RunView>> views(Listing<RunDocument> listing) {
        return accounts.of(listing.items().stream().map(run -> run.id).toList())
                .map(sums -> listing.map(run -> RunView.of(run, sums.get(run.id))));
    }
}
