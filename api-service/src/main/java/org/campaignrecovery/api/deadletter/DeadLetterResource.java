package org.campaignrecovery.api.deadletter;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/** Events that nobody could understand: what lies there, and publishing it again. */
@Path("/api/dead-letters")
@RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
@Tag(name = "recovery")
public class DeadLetterResource {
    private static final int AT_MOST = 1_000;
    private static final Pattern CURSOR = Pattern.compile("([a-z-]+):(\\d{1,6}):(\\d{1,18})");

    private final Redrive redrive;
    private final SecurityIdentity identity;

    DeadLetterResource(Redrive redrive, SecurityIdentity identity) {
        this.redrive = redrive;
        this.identity = identity;
    }

    /**
     * @param topic one of the dead letters' topics
     * @param limit how many to look at, or null for a thousand
     * @param again true: also those that a re-drive has passed before
     */
    @Schema(name = "RedriveRequest")
    public record Request(String topic, Integer limit, Boolean again) {
    }

    private record Place(DeadLetterTopic topic, int partition, long offset) {
    }

    @GET
    @Operation(operationId = "listDeadLetters", summary = "Events that nobody could understand, the oldest first", description = "topic: "
            + "campaign-due-dlq or campaign-batch-dlq, both when it is left out. handled: a re-drive has passed it.")
    @APIResponse(responseCode = "200", description = "What lies there; topics that do not exist are empty")
    @APIResponse(responseCode = "503", description = "Kafka does not answer")
    public Uni<Listing<DeadLetter>> list(@QueryParam("topic") String topic, @QueryParam("limit") String limit,
            @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        List<DeadLetterTopic> topics = topic == null || topic.isEmpty()
                ? Arrays.asList(DeadLetterTopic.values())
                : List.of(DeadLetterTopic.named(topic)
                        .orElseThrow(() -> ProblemType.BAD_REQUEST.problem("topic must be among " + DeadLetterTopic.names())));
        Place after = place(paging.after());
        Uni<List<DeadLetter>> found = Uni.createFrom().item(new ArrayList<>());
        for (DeadLetterTopic one : topics) {
            if (after == null || one.compareTo(after.topic) >= 0) {
                int partition = after != null && one == after.topic ? after.partition : 0;
                long offset = after != null && one == after.topic ? after.offset : -1;
                found = found.chain(sofar -> sofar.size() >= paging.oneMore()
                        ? Uni.createFrom().item(sofar)
                        : redrive.behind(one, partition, offset, paging.oneMore() - sofar.size()).map(more -> {
                            sofar.addAll(more);
                            return sofar;
                        }));
            }
        }
        return found.map(items -> Listing.of(items, paging.limit(),
                last -> "%s:%d:%d".formatted(last.topic(), last.partition(), last.offset())));
    }

    @POST
    @Path("/redrive")
    @Operation(operationId = "redriveDeadLetters", summary = "Publish dead letters again", description = "What a worker would refuse again "
            + "is not published, and said. Repeating it does no harm: events say what to look at, the ledger decides what is sent.")
    @APIResponse(responseCode = "200", description = "How many were looked at, published, refused with reasons, and are left")
    @APIResponse(responseCode = "400", description = "There is no such topic, or the limit is none")
    @APIResponse(responseCode = "503", description = "Kafka does not answer; nothing was passed over")
    public Uni<RedriveReport> redrive(Request body) {
        List<FieldError> errors = new ArrayList<>();
        DeadLetterTopic topic = body == null || body.topic == null ? null : DeadLetterTopic.named(body.topic).orElse(null);
        if (topic == null) {
            errors.add(new FieldError("topic", "must be among " + DeadLetterTopic.names()));
        }
        if (body != null && body.limit != null && (body.limit < 1 || body.limit > AT_MOST)) {
            errors.add(new FieldError("limit", "must be 1 to %d".formatted(AT_MOST)));
        }
        if (!errors.isEmpty()) {
            throw ProblemType.VALIDATION.problem(errors);
        }
        return redrive.redrive(topic, body.limit == null ? AT_MOST : body.limit, Boolean.TRUE.equals(body.again),
                identity.getPrincipal().getName());
    }

    private static Place place(String cursor) {
        if (cursor == null) {
            return null;
        }
        Matcher parts = CURSOR.matcher(cursor);
        DeadLetterTopic topic = parts.matches() ? DeadLetterTopic.named(parts.group(1)).orElse(null) : null;
        if (topic == null) {
            throw ProblemType.BAD_REQUEST.problem("cursor must be one that this list has answered");
        }
        return new Place(topic, Integer.parseInt(parts.group(2)), Long.parseLong(parts.group(3)));
    }
}
