package org.campaignrecovery.api.audit;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import com.fasterxml.jackson.annotation.JsonInclude;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** Who changed a campaign's status, when and why. */
@Path("/api/campaigns/{id}/audit")
@Authenticated
@Tag(name = "campaigns")
public class AuditResource {
    private final AuditRepository audit;
    private final CampaignRepository campaigns;

    AuditResource(AuditRepository audit, CampaignRepository campaigns) {
        this.audit = audit;
        this.campaigns = campaigns;
    }

    /**
     * One change.
     *
     * @param who a user's name, or {@code system}
     * @param from missing when the campaign was created
     * @param to missing when it was deleted
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "AuditEntry", requiredProperties = {"who", "at"})
    public record Entry(String who, Instant at, String from, String to, String why) {
        static Entry of(AuditDocument entry) {
            return new Entry(entry.who(), entry.at(), wire(entry.from()), wire(entry.to()), entry.why());
        }

        private static String wire(CampaignStatus status) {
            return status == null ? null : status.wire();
        }
    }

    @GET
    @Operation(operationId = "getCampaignAudit", summary = "Every change of the campaign's status, the oldest first; also of a deleted one")
    public Uni<Listing<Entry>> get(@RestPath String id, @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        AuditPosition after = AuditPosition.parse(paging.after());
        return campaigns.withId(id).chain(campaign -> audit.page(id, after, paging.oneMore()).map(found -> {
            if (campaign.isEmpty() && found.isEmpty() && after == null) {
                throw ProblemType.NOT_FOUND.problem("there is no campaign with this id, and there was none");
            }
            Listing<AuditDocument> listing = Listing.of(found, paging.limit(), AuditPosition::of);
            Optional<AuditDocument> latest = campaign.map(known -> known.lastChange)
                    .filter(entry -> after == null || entry.at().isAfter(after.at()));
            return withLatest(listing, latest).map(Entry::of);
        }));
    }

    /** The latest change may still be on its way to the audit; it belongs to the end. */
    private static Listing<AuditDocument> withLatest(Listing<AuditDocument> listing, Optional<AuditDocument> latest) {
        List<AuditDocument> items = listing.items();
        boolean missing = listing.next() == null && latest.isPresent()
                && items.stream().noneMatch(item -> item.id().equals(latest.get().id()));
        return missing ? new Listing<>(Stream.concat(items.stream(), latest.stream()).toList(), null) : listing;
    }
}
