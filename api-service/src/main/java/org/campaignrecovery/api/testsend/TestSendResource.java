package org.campaignrecovery.api.testsend;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.campaign.CampaignAccess;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Messages of a campaign to one address, for its authors to see. */
@Path("/api/campaigns/{id}/test-send")
@RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
@Tag(name = "campaigns")
public class TestSendResource {
    private final CampaignAccess access;
    private final TestSends tests;
    private final SecurityIdentity identity;

    TestSendResource(CampaignAccess access, TestSends tests, SecurityIdentity identity) {
        this.access = access;
        this.tests = tests;
        this.identity = identity;
    }

    @POST
    @Operation(operationId = "testSendCampaign", summary = "Send the campaign's e-mail or SMS to one address, marked as a test", description = "It belongs to no run and is counted nowhere. An address on the suppression list is not sent to.")
    @APIResponse(responseCode = "200", description = "What became of it", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TestSendView.class)))
    @APIResponse(responseCode = "202", description = "No worker has sent it yet: ask again with getTestSend", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = TestSendView.class)))
    @APIResponse(responseCode = "409", description = "The channel or sending is switched off, the address is on the suppression list, or the content is no template")
    @APIResponse(responseCode = "429", description = "Its user has sent many test messages; Retry-After says when there may be more")
    public Uni<RestResponse<TestSendView>> send(@RestPath String id, TestSendRequest request) {
        String user = Actor.of(identity).name();
        return access.found(id).chain(campaign -> tests.send(campaign, request, user))
                .map(test -> RestResponse.ResponseBuilder
                        .create(test.state().isEnd() ? RestResponse.Status.OK : RestResponse.Status.ACCEPTED, TestSendView.of(test))
                        .build());
    }
}
