package org.campaignrecovery.api.counting;

import java.time.DateTimeException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.audience.AudienceRequest;
import org.campaignrecovery.api.audience.CustomerIdText;
import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.api.audience.TargetsReader;
import org.campaignrecovery.api.campaign.CampaignAccess;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

import io.smallrye.mutiny.Uni;

/** How many a campaign would reach, before anybody submits it. */
@Path("/api/audiences/count")
@RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
@Tag(name = "audiences")
public class AudienceCountResource {
    private final AudienceCounting counting;
    private final CampaignAccess campaigns;

    AudienceCountResource(AudienceCounting counting, CampaignAccess campaigns) {
        this.counting = counting;
        this.campaigns = campaigns;
    }

    /**
     * Whom to count: those of a campaign, or those who are named as they are in one.
     *
     * @param campaignId or the rest
     * @param channels all when they are missing
     * @param targetedCustomerIds texts or numbers, up to 100,000; or {@code audience}
     * @param timeZone in which the filter's local times are read; UTC when it is missing
     */
    public record CountRequest(String campaignId, List<String> channels,
            @JsonDeserialize(contentUsing = CustomerIdText.class) List<String> targetedCustomerIds, AudienceRequest audience,
            String timeZone) {
    }

    @POST
    @Operation(operationId = "countAudience", summary = "How many customers an audience has, how many messages would be planned, and why some get none", description = "The same rules as planning has, on the orders of this moment: it reads them all for a filter or for everybody. "
            + "After campaign.counting.patience (30 s) the answer is what was counted until then, with \"complete\": false.")
    public Uni<AudienceCount> count(CountRequest request) {
        if (request == null) {
            throw ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body");
        }
        if (request.campaignId() == null) {
            return count(request, new ArrayList<>());
        }
        if (!request.equals(new CountRequest(request.campaignId(), null, null, null, null))) {
            throw ProblemType.VALIDATION
                    .problem(List.of(new FieldError("campaignId", "says it all: leave out the rest, or leave this out")));
        }
        return campaigns.found(request.campaignId()).chain(campaign -> counting.of(campaign.audience, campaign.channels));
    }

    private Uni<AudienceCount> count(CountRequest request, List<FieldError> errors) {
        List<Channel> channels = channels(request.channels(), errors);
        Targets targets = new TargetsReader(zone(request.timeZone(), errors),
                (field, message) -> errors.add(new FieldError(field, message)))
                .read(request.targetedCustomerIds(), request.audience());
        if (targets instanceof Targets.StoredList) {
            errors.add(new FieldError("audience.storedList", "belongs to a campaign: say its campaignId instead"));
        } else if (targets == null && errors.isEmpty()) {
            errors.add(new FieldError("audience", "is missing, and so are targetedCustomerIds and campaignId: who shall be counted?"));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors);
        }
        return targets instanceof Targets.Ids named
                ? counting.of(named, channels)
                : counting.of(((Targets.Known) targets).audience(), channels);
    }

    private static List<Channel> channels(List<String> names, List<FieldError> errors) {
        List<Channel> all = List.of(Channel.values());
        if (names == null) {
            return all;
        }
        List<Channel> found = all.stream().filter(channel -> names.contains(channel.wire())).toList();
        if (found.isEmpty() || found.size() < names.stream().distinct().count()) {
            errors.add(new FieldError("channels", "must be among "
                    + Arrays.stream(Channel.values()).map(Wire::wire).collect(Collectors.joining(", "))));
        }
        return found;
    }

    private static ZoneId zone(String name, List<FieldError> errors) {
        return Optional.ofNullable(name).map(given -> {
            try {
                return ZoneId.of(given);
            } catch (DateTimeException e) {
                errors.add(new FieldError("timeZone", "must be an IANA time zone like Europe/Berlin"));
                return ZoneOffset.UTC;
            }
        }).orElse(ZoneOffset.UTC);
    }
}
