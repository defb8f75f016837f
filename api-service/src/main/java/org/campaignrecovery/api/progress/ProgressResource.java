package org.campaignrecovery.api.progress;

import java.time.Duration;
import java.util.Optional;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.sse.OutboundSseEvent;
import jakarta.ws.rs.sse.Sse;

import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Multi;

/** A campaign's progress as it happens, for everybody who is logged in. */
@Path("/api/campaigns/{id}/progress")
@Authenticated
@Tag(name = "campaigns")
public class ProgressResource {
    private static final String EVENT = "progress";
    /** Proxies close what is silent. */
    private static final int LOOKS_IN_SILENCE = 15;
    /** A session that has ended is noticed when its client comes again. */
    private static final Duration LONGEST = Duration.ofHours(1);

    private final ProgressWatch watch;
    private final ObjectMapper json;

    ProgressResource(ProgressWatch watch, ObjectMapper json) {
        this.watch = watch;
        this.json = json;
    }

    @GET
    @BeforeStream
    @Produces(MediaType.SERVER_SENT_EVENTS)
    @Operation(operationId = "followCampaign", summary = "The campaign's progress as server-sent events, one each time that it changes", description = "Events are named progress. An event's id stands for what it says: with Last-Event-ID nothing is told "
            + "twice. The stream ends with the campaign, and after an hour at the latest; whoever comes again after the end gets 204, upon which an "
            + "EventSource stays away.")
    @APIResponse(responseCode = "200", description = "Events whose data is this", content = @Content(mediaType = MediaType.SERVER_SENT_EVENTS, schema = @Schema(implementation = CampaignProgress.class)))
    @APIResponse(responseCode = "204", description = "It is over, and the client has been told")
    public Multi<OutboundSseEvent> follow(@RestPath String id,
            @Parameter(description = "id of the last event that was received") @HeaderParam(StreamGate.LAST) String last,
            @Context Sse sse) {
        Teller teller = new Teller(sse, last);
        return watch.follow(id).map(progress -> Told.of(progress, json)).map(teller::tell).filter(Optional::isPresent).map(Optional::get)
                .select().first(LONGEST);
    }

    /** Makes an event of what its client does not know yet, and a comment now and then of what it does. */
    private static final class Teller {
        private final Sse sse;
        private String known;
        private int looks;

        Teller(Sse sse, String known) {
            this.sse = sse;
            this.known = known;
        }

        Optional<OutboundSseEvent> tell(Told told) {
            looks++;
            if (!told.id().equals(known)) {
                known = told.id();
                looks = 0;
                return Optional.of(sse.newEventBuilder().name(EVENT).id(told.id()).data(told.data()).build());
            }
            return looks % LOOKS_IN_SILENCE == 0 ? Optional.of(sse.newEventBuilder().comment("nothing new").build()) : Optional.empty();
        }
    }
}
