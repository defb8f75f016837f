package org.campaignrecovery.api.consent;

import java.util.List;
import java.util.Map;
import java.util.Optional;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;

import org.campaignrecovery.api.limit.PublicLimits;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.webhook.TwilioSignatures;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.address.PhoneNumber;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SmsKeyword;
import org.campaignrecovery.model.consent.SuppressionReason;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;
import io.vertx.core.http.HttpServerRequest;

/** Hears from Twilio what people answer to an SMS: STOP takes their consent back, START gives it again. The signature says who calls. */
@Path(TwilioInboundResource.PATH)
@Tag(name = "webhooks")
public class TwilioInboundResource {
    static final String PATH = "/api/webhooks/twilio/inbound";
    private static final String NOTHING_TO_SAY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private final TwilioSignatures signatures;
    private final Suppressions suppressions;
    private final String region;

    TwilioInboundResource(TwilioSignatures signatures, Suppressions suppressions, ScheduleConfig config) {
        this.signatures = signatures;
        this.suppressions = suppressions;
        this.region = config.defaultRegion();
    }

    @POST
    @PermitAll
    @Consumes(MediaType.APPLICATION_FORM_URLENCODED)
    @Produces(MediaType.APPLICATION_XML)
    @Operation(operationId = "hearTwilioMessage", summary = "Twilio tells what somebody answers to an SMS", description = "Enter PUBLIC_URL and this path at Twilio, where a message comes in. STOP and its like suppress the number, START takes "
            + "that back, anything else is passed over. Twilio answers the keywords itself.")
    @RequestBody(required = true, content = @Content(mediaType = MediaType.APPLICATION_FORM_URLENCODED, schema = @Schema(type = SchemaType.OBJECT, additionalProperties = String.class)))
    @APIResponse(responseCode = "200", description = "TwiML that says nothing")
    @APIResponse(responseCode = "400", description = "It is signed, but does not say whose message it is")
    @APIResponse(responseCode = "403", description = "It is not signed by Twilio for our account, or this service cannot check that")
    @APIResponse(responseCode = "429", description = PublicLimits.DESCRIPTION)
    public Uni<String> message(@Context UriInfo address, @HeaderParam(TwilioSignatures.HEADER) String signature,
            @Context HttpServerRequest request) {
        Map<String, String> fields = signatures.signed(PATH, address, request.formAttributes(), signature);
        String from = fields.getOrDefault("From", "");
        Optional<PhoneNumber> number = PhoneNumber.parse(from, region);
        SmsKeyword keyword = SmsKeyword.of(fields.getOrDefault("OptOutType", fields.get("Body")));
        if (number.isEmpty() && keyword != SmsKeyword.NONE) {
            throw ProblemType.BAD_REQUEST.problem("From is missing or is not a phone number");
        }
        return heard(keyword, number.map(PhoneNumber::text).orElse("")).replaceWith(NOTHING_TO_SAY);
    }

    private Uni<?> heard(SmsKeyword keyword, String number) {
        return switch (keyword) {
            case STOP -> suppressions.add(List.of(suppressions.made(Channel.SMS, number, SuppressionReason.STOP, null, null, null)));
            case START -> suppressions.lift(SuppressionDocument.id(Channel.SMS, number), SuppressionReason.STOP, null, null);
            case NONE -> Uni.createFrom().voidItem();
        };
    }
}
