package org.campaignrecovery.api.schedule;

import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.CampaignOccurrences;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** When a campaign will run. */
@Path("/api/campaigns/{id}/occurrences")
@Authenticated
@Tag(name = "campaigns")
public class OccurrencesResource {
    private static final int DEFAULT_LIMIT = 10;
    private static final int MAX_LIMIT = 100;

    private final CampaignAccess campaigns;
    private final LedgerClock clock;

    OccurrencesResource(CampaignAccess campaigns, LedgerClock clock) {
        this.campaigns = campaigns;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "listOccurrences", summary = "The next times at which the campaign runs, if it is approved in time")
    public Uni<Forecast> next(@RestPath String id, @QueryParam("limit") String limit) {
        int atMost = limit(limit);
        return campaigns.found(id).map(campaign -> forecast(campaign, atMost));
    }

    private Forecast forecast(CampaignDocument campaign, int atMost) {
        ZoneId zone = ZoneId.of(campaign.timeZone);
        boolean over = campaign.status == CampaignStatus.COMPLETED || campaign.status == CampaignStatus.CANCELLED;
        List<Instant> next = over ? List.of() : CampaignOccurrences.of(campaign).list(clock.now(), atMost);
        return new Forecast(next.stream().map(at -> Occurrence.of(at, zone)).toList(), campaign.timeZone);
    }

    private static int limit(String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]{1,9}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw ProblemType.BAD_REQUEST.problem("limit must be a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    /** The earliest first; none when the campaign is over. */
    @Schema(name = "Occurrences", requiredProperties = {"items", "timeZone"})
    public record Forecast(List<Occurrence> items, String timeZone) {
    }

    /** One time, as an instant and as the clocks in the campaign's zone show it. */
    @Schema(name = "Occurrence", requiredProperties = {"at", "local"})
    public record Occurrence(Instant at, @Schema(examples = "2026-03-29T03:30:00+02:00") String local) {

        static Occurrence of(Instant at, ZoneId zone) {
            return new Occurrence(at, DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(at.atZone(zone)));
        }
    }
}
