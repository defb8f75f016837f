package org.campaignrecovery.api.consent;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.NamedValue;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.consent.ConsentEventDocument;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;
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

/** The addresses that are never sent to, whatever the campaign. */
@Path("/api/suppressions")
@RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
@Tag(name = "consent")
public class SuppressionResource {
    private final Suppressions suppressions;
    private final SuppressionRepository list;
    private final SuppressionReader reader;
    private final ConsentEventRepository log;
    private final SecurityIdentity identity;

    SuppressionResource(Suppressions suppressions, SuppressionRepository list, SuppressionReader reader, ConsentEventRepository log,
            SecurityIdentity identity) {
        this.identity = identity;
        this.suppressions = suppressions;
        this.list = list;
        this.reader = reader;
        this.log = log;
    }

    /**
     * An address that is not to be sent to any more.
     *
     * @param channel {@code email} or {@code sms}
     * @param reason {@code operator} when it is missing
     */
    public record SuppressionRequest(String channel, String address, String reason, String note) {
    }

    /**
     * What happened to an address.
     *
     * @param reason why it was suppressed; missing when it was taken off the list
     * @param by missing when its owner did it
     */
    @Schema(name = "ConsentEvent", requiredProperties = {"at"})
    public record ConsentEvent(Instant at, String reason, String by, String runId, String note) {
        static ConsentEvent of(ConsentEventDocument event) {
            return new ConsentEvent(event.at(), event.reason() == null ? null : event.reason().wire(), event.by(), event.run(),
                    event.note());
        }
    }

    /** @param suppression missing when the address is not on the list any more */
    @Schema(name = "SuppressionHistory", requiredProperties = {"history"})
    public record SuppressionHistory(SuppressionView suppression, List<ConsentEvent> history) {
    }

    @GET
    @Operation(operationId = "listSuppressions", summary = "The addresses that are never sent to, by channel and address")
    public Uni<Listing<SuppressionView>> list(@QueryParam("channel") String channel, @QueryParam("reason") String reason,
            @Parameter(description = "the beginning of the address, normalised") @QueryParam("q") String q,
            @QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return list.page(NamedValue.of(Channel.class, "channel", channel), NamedValue.of(SuppressionReason.class, "reason", reason),
                q == null || q.isEmpty() ? null : q, paging)
                .map(found -> Listing.of(found, paging.limit(), SuppressionDocument::id).map(SuppressionView::of));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getSuppression", summary = "One address and what happened to it, the oldest first; also one that was taken off the list")
    public Uni<SuppressionHistory> get(@Parameter(description = "as in the list: email:ada@example.org") @RestPath String id) {
        return suppressions.withId(id).chain(found -> log.of(id).map(events -> {
            if (found.isEmpty() && events.isEmpty()) {
                throw ProblemType.NOT_FOUND.problem("this address is not on the suppression list, and was not");
            }
            return new SuppressionHistory(found.map(SuppressionView::of).orElse(null), events.stream().map(ConsentEvent::of).toList());
        }));
    }

    @POST
    @Operation(operationId = "addSuppression", summary = "Never send to an address again", description = "200 when it was on the list already, where it stays as it was.")
    @APIResponse(responseCode = "201", description = "It is on the list now", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = SuppressionView.class)))
    @APIResponse(responseCode = "200", description = "It was on the list", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = SuppressionView.class)))
    public Uni<RestResponse<SuppressionView>> add(SuppressionRequest request) {
        if (request == null) {
            throw ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body");
        }
        List<FieldError> errors = new ArrayList<>();
        SuppressionDocument wanted = reader.read(request.channel(), request.address(), request.reason(), request.note(),
                identity.getPrincipal().getName(), (field, message) -> errors.add(new FieldError(field, message)));
        if (wanted == null) {
            throw ProblemType.VALIDATION.problem(errors);
        }
        return suppressions.add(List.of(wanted)).chain(added -> suppressions.withId(wanted.id())
                .map(found -> RestResponse.ResponseBuilder.create(added == 1 ? RestResponse.Status.CREATED : RestResponse.Status.OK,
                        SuppressionView.of(found.orElse(wanted))).build()));
    }

    @DELETE
    @Path("/{id}")
    @Operation(operationId = "removeSuppression", summary = "Take an address off the list: its owner has agreed to be written to again")
    public Uni<Void> remove(@RestPath String id,
            @Parameter(description = "how they agreed, for the history") @QueryParam("note") String note) {
        if (note != null && note.length() > SuppressionReader.LONGEST_NOTE) {
            throw ProblemType.BAD_REQUEST.problem("note may have up to %d characters".formatted(SuppressionReader.LONGEST_NOTE));
        }
        return suppressions.lift(id, null, identity.getPrincipal().getName(), note).invoke(lifted -> {
            if (!lifted) {
                throw ProblemType.NOT_FOUND.problem("this address is not on the suppression list");
            }
        }).replaceWithVoid();
    }
}
