package org.campaignrecovery.api.evidence;

import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.regex.Pattern;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.core.UriInfo;

import org.campaignrecovery.api.limit.PublicLimits;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.webhook.TwilioSignatures;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.evidence.Acceptance.Effect;
import org.campaignrecovery.ledger.evidence.DoubtMeters;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.ledger.evidence.ProviderEvidence;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.evidence.StatusCallback;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Hears from Twilio what becomes of messages: the strong evidence, as it names the attempt. No session; the signature says who calls. */
@Path(StatusCallback.PATH)
@Tag(name = "webhooks")
public class TwilioStatusResource {
    private static final Logger LOG = Logger.getLogger(TwilioStatusResource.class);
    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{2,64}");
    private static final Pattern STATUS = Pattern.compile("[a-z_-]{1,32}");
    private static final Pattern CLAIM = Pattern.compile("[\\w.-]{1,64}:\\d{1,18}");
    private static final Pattern DELIVERY = Pattern.compile("[\\w-]{1,64}");
    private static final Pattern CODE = Pattern.compile("\\d{1,9}");

    private final TwilioSignatures signatures;
    private final ProviderEvidence evidence;
    private final EvidenceRepository events;
    private final DoubtMeters meters;
    private final LedgerClock clock;

    TwilioStatusResource(TwilioSignatures signatures, ProviderEvidence evidence, EvidenceRepository events, DoubtMeters meters,
            LedgerClock clock) {
        this.signatures = signatures;
        this.evidence = evidence;
        this.events = events;
        this.meters = meters;
        this.clock = clock;
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Operation(operationId = "hearTwilioStatus", summary = "Twilio tells what becomes of a message", description = "The address is that "
            + "which a worker gave for this message; X-Twilio-Signature is checked with TWILIO_AUTH_TOKEN over PUBLIC_URL.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED, schema = @Schema(type = SchemaType.OBJECT, additionalProperties = String.class)))
    @APIResponse(responseCode = "204", description = "It is written down")
    @APIResponse(responseCode = "400", description = "It is signed, but does not say which message or which attempt it is about")
    @APIResponse(responseCode = "403", description = "It is not signed by Twilio for our account, or this service cannot check that")
    @APIResponse(responseCode = "429", description = PublicLimits.DESCRIPTION)
    public Uni<Void> status(@Context UriInfo address, @HeaderParam(TwilioSignatures.HEADER) String signature,
            @Context HttpServerRequest request) {
        Map<String, String> fields = signatures.signed(StatusCallback.PATH, address, request.formAttributes(), signature);
        MessageStatus status = read(address.getQueryParameters(), fields);
        return evidence.accepted(status.acceptance()).invoke(effect -> tell(status, effect))
                .chain(effect -> effect == Effect.ANOTHERS
                        ? Uni.createFrom().voidItem()
                        : status.end(clock.now().truncatedTo(ChronoUnit.MILLIS)).map(end -> events.append(end).replaceWithVoid())
                                .orElseGet(() -> Uni.createFrom().voidItem()));
    }

    private static MessageStatus read(MultivaluedMap<String, String> query, Map<String, String> form) {
        String error = form.get("ErrorCode");
        return new MessageStatus(required(SID, "MessageSid", form.get("MessageSid")),
                required(STATUS, "MessageStatus", form.get("MessageStatus")), error != null && CODE.matcher(error).matches() ? error : null,
                required(DELIVERY, StatusCallback.DELIVERY, query.getFirst(StatusCallback.DELIVERY)),
                required(CLAIM, StatusCallback.CLAIM, query.getFirst(StatusCallback.CLAIM)));
    }

    private static String required(Pattern pattern, String name, String value) {
        if (value == null || !pattern.matcher(value).matches()) {
            throw ProblemType.BAD_REQUEST.problem("%s is missing or is not what a worker or Twilio would write".formatted(name));
        }
        return value;
    }

    private void tell(MessageStatus status, Effect effect) {
        switch (effect) {
            case RESOLVED -> {
                meters.resolved(DoubtMeters.Source.CALLBACK, Channel.SMS, DeliveryState.SENT, 1);
                LOG.infof("resolved delivery=%s: it was in doubt, and its provider says %s", status.delivery(), status.status());
            }
            case POSSIBLY_TWICE -> meters.possiblyTwice(Channel.SMS);
            case RECORDED, KNOWN, NOTED, KNOWN_TWICE, ANOTHERS -> LOG.debugf("delivery=%s status=%s: %s", status.delivery(),
                    status.status(), effect);
        }
    }
}
