package org.campaignrecovery.api.consent;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.NamedValue;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestMulti;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** The suppression list as a file. */
@Path("/api/suppressions.csv")
@RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
@Tag(name = "consent")
public class SuppressionCsvResource {
    private static final String CSV = "text/csv";

    private final Suppressions suppressions;
    private final SuppressionRepository list;
    private final SuppressionReader reader;
    private final SecurityIdentity identity;

    SuppressionCsvResource(Suppressions suppressions, SuppressionRepository list, SuppressionReader reader, SecurityIdentity identity) {
        this.identity = identity;
        this.suppressions = suppressions;
        this.list = list;
        this.reader = reader;
    }

    /**
     * What became of a file.
     *
     * @param read addresses in it, each counted once
     * @param added those that were not on the list
     */
    @Schema(name = "SuppressionImport", requiredProperties = {"read", "added"})
    public record SuppressionImport(int read, int added) {
    }

    @GET
    @Produces(CSV)
    @Operation(operationId = "exportSuppressions", summary = "The suppression list as CSV (RFC 4180), however long", description = "A value that a spreadsheet would take for a formula begins with an apostrophe.")
    public RestMulti<String> export(@QueryParam("channel") String channel, @QueryParam("reason") String reason) {
        Channel on = NamedValue.of(Channel.class, "channel", channel);
        SuppressionReason why = NamedValue.of(SuppressionReason.class, "reason", reason);
        return RestMulti.fromMultiData(SuppressionCsv.write(list.all(on, why)))
                .header("Content-Disposition", "attachment; filename=\"suppressions.csv\"").build();
    }

    @POST
    @Consumes(CSV)
    @Produces(MediaType.APPLICATION_JSON)
    @Operation(operationId = "importSuppressions", summary = "Add the addresses of a CSV file to the list", description = "Columns channel and address, and reason and note if they are there; others are passed over, so that an export can be "
            + "imported. A file with a line that cannot be read is refused as a whole, with the lines. Sending it again does no harm.")
    public Uni<SuppressionImport> add(String csv) {
        String by = identity.getPrincipal().getName();
        return Uni.createFrom().item(() -> SuppressionCsv.read(csv == null ? "" : csv, reader, by))
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .chain((List<SuppressionDocument> read) -> suppressions.add(read).map(added -> new SuppressionImport(read.size(), added)));
    }
}
