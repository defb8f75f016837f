package org.campaignrecovery.api.audit;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.eclipse.microprofile.openapi.annotations.Operation;
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
    private static final Comparator<AuditDocument> BY_TIME = Comparator.comparing(AuditDocument::at)
            .thenComparing(entry -> entry.from() == null ? -1 : entry.from().ordinal());

    private final AuditRepository audit;
    private final CampaignAccess campaigns;

    AuditResource(AuditRepository audit, CampaignAccess campaigns) {
        this.audit = audit;
        this.campaigns = campaigns;
    }

    /**
     * One change.
     *
     * @param who a user's name, or {@code system}
     * @param from missing when the campaign was created
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    public record Entry(String who, Instant at, String from, String to, String why) {
        static Entry of(AuditDocument entry) {
            return new Entry(entry.who(), entry.at(), wire(entry.from()), wire(entry.to()), entry.why());
        }

        private static String wire(CampaignStatus status) {
            return status == null ? null : status.wire();
        }
    }

    @GET
    @Operation(operationId = "getCampaignAudit", summary = "Every change of the campaign's status, the oldest first")
    public Uni<Listing<Entry>> get(@RestPath String id) {
        return campaigns.found(id).chain(campaign -> audit.of(id).map(entries -> entries(entries, campaign.lastChange)))
                .map(entries -> new Listing<>(entries, null));
    }

    /** The latest change may still be on its way to the audit. */
    private static List<Entry> entries(List<AuditDocument> entries, AuditDocument latest) {
        return Stream.concat(entries.stream(), Stream.of(latest).filter(Objects::nonNull).filter(entry -> !entries.contains(entry)))
                .sorted(BY_TIME).map(Entry::of).toList();
    }
}
