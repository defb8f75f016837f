package org.campaignrecovery.api.access;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

import jakarta.annotation.security.PermitAll;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;

import org.campaignrecovery.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Logging in and out with a session cookie. */
@Path("/api/auth")
@Tag(name = "access")
public class LoginResource {
    private static final Logger LOG = Logger.getLogger(LoginResource.class);

    private final UserRepository users;
    private final Passwords passwords;
    private final SessionCookies cookies;
    private final LoginThrottle throttle;
    private final SecurityIdentity identity;

    LoginResource(UserRepository users, Passwords passwords, SessionCookies cookies, LoginThrottle throttle, SecurityIdentity identity) {
        this.identity = identity;
        this.users = users;
        this.passwords = passwords;
        this.cookies = cookies;
        this.throttle = throttle;
    }

    /** Who wants to log in. */
    public record Login(String username, String password) {
    }

    /** Who is logged in. */
    @Schema(name = "Me", requiredProperties = {"username", "roles"})
    public record Me(String username, List<String> roles) {
    }

    @POST
    @Path("/login")
    @PermitAll
    @Operation(operationId = "login", summary = "Log in: 204 and a session cookie")
    @APIResponse(responseCode = "204", description = "Logged in; the answer sets the session cookie")
    @APIResponse(responseCode = "401", description = "The username or the password is wrong")
    @APIResponse(responseCode = "429", description = "Too many failed attempts; Retry-After says when the next one is looked at")
    public Uni<Void> login(Login login, @Context RoutingContext context) {
        if (login == null || login.username() == null || login.password() == null) {
            throw ProblemType.BAD_REQUEST.problem("send {\"username\": …, \"password\": …}");
        }
        String address = context.request().remoteAddress().hostAddress();
        Duration wait = throttle.wait(login.username(), address);
        if (wait.compareTo(Duration.ZERO) > 0) {
            throw ProblemType.TOO_MANY_ATTEMPTS.builder("too many failed attempts; try again in %d s".formatted(wait.toSeconds() + 1))
                    .withHeader(HttpHeaders.RETRY_AFTER, wait.toSeconds() + 1).build();
        }
        return check(login).map(user -> {
            if (user.isEmpty()) {
                throttle.failed(login.username(), address);
                LOG.infof("login refused address=%s", address);
                throw ProblemType.UNAUTHENTICATED.problem("username or password is wrong");
            }
            throttle.succeeded(login.username(), address);
            cookies.begin(user.get(), context);
            return null;
        });
    }

    private Uni<Optional<UserDocument>> check(Login login) {
        return users.named(login.username()).chain(user -> passwords.matches(login.password(), user.orElse(null))
                .map(right -> user.filter(u -> right && u.enabled())));
    }

    @POST
    @Path("/logout")
    @PermitAll
    @Operation(operationId = "logout", summary = "Log out: the session cookie is taken back")
    @APIResponse(responseCode = "204", description = "Logged out")
    public Uni<Void> logout(@Context RoutingContext context) {
        cookies.end(context);
        return Uni.createFrom().voidItem();
    }

    @GET
    @Path("/me")
    @Authenticated
    @Operation(operationId = "me", summary = "Who is logged in, with which roles")
    public Me me() {
        return new Me(identity.getPrincipal().getName(), identity.getRoles().stream().sorted().toList());
    }
}
