package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.paging.Listing;
import org.campaignrecovery.api.paging.Paging;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.Wire;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.mutiny.Uni;

/** The users, for admins. */
@Path("/api/users")
@RolesAllowed(Role.ADMIN_NAME)
@Tag(name = "access")
public class UserResource {
    private final UserRepository users;
    private final KnownUsers known;
    private final Passwords passwords;
    private final Clock clock;

    UserResource(UserRepository users, KnownUsers known, Passwords passwords, Clock clock) {
        this.users = users;
        this.known = known;
        this.passwords = passwords;
        this.clock = clock;
    }

    /** A user as admins see it. */
    @Schema(name = "User", requiredProperties = {"username", "roles", "enabled", "createdAt"})
    public record UserView(String username, List<String> roles, boolean enabled, Instant createdAt, Instant updatedAt) {
        static UserView of(UserDocument user) {
            return new UserView(user.username(), user.roles().stream().map(Wire::wire).sorted().toList(), user.enabled(),
                    user.createdAt(), user.updatedAt());
        }
    }

    @GET
    @Operation(operationId = "listUsers", summary = "The users, by name")
    public Uni<Listing<UserView>> list(@QueryParam("limit") String limit, @QueryParam("cursor") String cursor) {
        Paging paging = Paging.of(limit, cursor);
        return users.page(paging).map(found -> Listing.of(found, paging.limit(), UserDocument::username).map(UserView::of));
    }

    @POST
    @ResponseStatus(201)
    @Operation(operationId = "createUser", summary = "Create a user")
    @APIResponse(responseCode = "201", description = "The user", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = UserView.class)))
    public Uni<UserView> create(UserRequest request) {
        requireBody(request).requireNew();
        return passwords.hash(request.password()).map(hash -> newUser(request, hash))
                .chain(user -> users.insert(user).map(inserted -> {
                    if (!inserted) {
                        throw ProblemType.CONFLICT.problem("there is a user of that name already");
                    }
                    return UserView.of(user);
                }));
    }

    @PUT
    @Path("/{username}")
    @Operation(operationId = "updateUser", summary = "Change a user's roles, password, or whether they may log in")
    public Uni<UserView> update(@RestPath String username, UserRequest request) {
        requireBody(request).requireChange(username);
        Uni<Optional<String>> hash = request.password() == null
                ? Uni.createFrom().item(Optional.empty())
                : passwords.hash(request.password()).map(Optional::of);
        return users.named(username).onItem().transform(UserResource::found)
                .chain(user -> hash.chain(newHash -> users.replace(changed(user, request, newHash))))
                .map(UserResource::found).invoke(user -> known.forget(user.username())).map(UserView::of);
    }

    private UserDocument newUser(UserRequest request, String hash) {
        return new UserDocument(request.username(), hash, request.roleSet(), request.enabled() == null || request.enabled(), 0, now(),
                now());
    }

    private UserDocument changed(UserDocument user, UserRequest request, Optional<String> newHash) {
        return new UserDocument(user.username(), newHash.orElse(user.passwordHash()),
                request.roles() == null ? user.roles() : request.roleSet(),
                request.enabled() == null ? user.enabled() : request.enabled(), user.sessionEpoch() + (newHash.isPresent() ? 1 : 0),
                user.createdAt(), now());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MILLIS);
    }

    private static UserRequest requireBody(UserRequest request) {
        if (request == null) {
            throw ProblemType.MALFORMED_JSON.problem("a JSON object is expected as the body");
        }
        return request;
    }

    private static UserDocument found(Optional<UserDocument> user) {
        return user.orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no user of that name"));
    }
}
