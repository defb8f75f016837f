package org.campaignrecovery.api.consent;

import java.util.List;
import java.util.Optional;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.limit.PublicLimits;
import org.campaignrecovery.ledger.consent.LinkKeyRepository;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.consent.SuppressionReason;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.campaignrecovery.model.consent.Unsubscription;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;
import org.jboss.resteasy.reactive.RestResponse.Status;

import io.smallrye.mutiny.Uni;

/**
 * Where the links of messages lead. Looking changes nothing: mail servers follow every link to see whether it is harmful. Posting
 * unsubscribes, be it by the page's button or by that of a mail client (RFC 8058). No session; whoever has the link may.
 */
@Path(UnsubscribeLinks.PATH)
@Tag(name = "consent")
public class UnsubscribeResource {
    private final LinkKeyRepository keys;
    private final Suppressions suppressions;

    UnsubscribeResource(LinkKeyRepository keys, Suppressions suppressions) {
        this.keys = keys;
        this.suppressions = suppressions;
    }

    @GET
    @Path("/{token}")
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(operationId = "askToUnsubscribe", summary = "A page that asks whether to unsubscribe")
    @APIResponse(responseCode = "200", description = "The page")
    @APIResponse(responseCode = "404", description = "A page that says that the link is not complete", content = @Content(mediaType = MediaType.TEXT_HTML))
    @APIResponse(responseCode = "429", description = PublicLimits.DESCRIPTION)
    public Uni<RestResponse<String>> ask(@RestPath String token) {
        return opened(token).map(link -> link.map(one -> page(Status.OK, UnsubscribePage.question(one.address())))
                .orElseGet(UnsubscribeResource::unknown));
    }

    @POST
    @Path("/{token}")
    @PermitAll
    @Produces(MediaType.TEXT_HTML)
    @Operation(operationId = "unsubscribe", summary = "Unsubscribe, as RFC 8058 wants it; the body does not matter")
    @APIResponse(responseCode = "200", description = "A page that says that it is done, also the second time")
    @APIResponse(responseCode = "404", description = "A page that says that the link is not complete", content = @Content(mediaType = MediaType.TEXT_HTML))
    @APIResponse(responseCode = "429", description = PublicLimits.DESCRIPTION)
    public Uni<RestResponse<String>> unsubscribe(@RestPath String token) {
        return opened(token).chain(link -> link.map(this::done).orElseGet(() -> Uni.createFrom().item(unknown())));
    }

    private Uni<RestResponse<String>> done(Unsubscription link) {
        SuppressionDocument wanted = suppressions.made(link.channel(), link.address(), SuppressionReason.UNSUBSCRIBED, null, link.run(),
                null);
        return suppressions.add(List.of(wanted)).map(added -> page(Status.OK, UnsubscribePage.done(link.address())));
    }

    private Uni<Optional<Unsubscription>> opened(String token) {
        return keys.links().map(links -> links.open(token));
    }

    private static RestResponse<String> unknown() {
        return page(Status.NOT_FOUND, UnsubscribePage.unknown());
    }

    private static RestResponse<String> page(Status status, String html) {
        return RestResponse.ResponseBuilder.create(status, html).build();
    }
}
