package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.problem.WithoutLedger;
import org.campaignrecovery.model.Wire;

import io.quarkus.security.identity.IdentityProviderManager;
import io.quarkus.security.identity.SecurityIdentity;
import io.quarkus.security.runtime.QuarkusPrincipal;
import io.quarkus.security.runtime.QuarkusSecurityIdentity;
import io.quarkus.vertx.http.runtime.security.ChallengeData;
import io.quarkus.vertx.http.runtime.security.HttpAuthenticationMechanism;
import io.smallrye.mutiny.Uni;
import io.vertx.ext.web.RoutingContext;

/** Tells by the session cookie who asks. The cookie says only the name: what they may do is looked up. */
@ApplicationScoped
public class SessionMechanism implements HttpAuthenticationMechanism {
    private static final int UNAUTHORIZED = 401;
    private static final Duration PATIENCE = Duration.ofSeconds(4);

    private final SessionCookies cookies;
    private final KnownUsers users;
    private final SessionConfig config;
    private final Clock clock;

    SessionMechanism(SessionCookies cookies, KnownUsers users, SessionConfig config, Clock clock) {
        this.cookies = cookies;
        this.users = users;
        this.config = config;
        this.clock = clock;
    }

    @Override
    public Uni<SecurityIdentity> authenticate(RoutingContext context, IdentityProviderManager identities) {
        return cookies.read(context).map(session -> authenticate(session, context)).orElseGet(() -> Uni.createFrom().nullItem());
    }

    private Uni<SecurityIdentity> authenticate(Session session, RoutingContext context) {
        return user(session, context)
                .map(known -> known.filter(user -> session.isOf(user, clock.instant(), config.absoluteTimeout())).map(user -> {
                    cookies.renew(context);
                    return identity(user);
                }).orElse(null));
    }

    /** For what is answered without the ledger, a user of whom it cannot be asked is the one that was seen last. */
    private Uni<Optional<UserDocument>> user(Session session, RoutingContext context) {
        Uni<Optional<UserDocument>> named = users.named(session.username());
        return WithoutLedger.answers(context.normalizedPath())
                ? named.ifNoItem().after(PATIENCE).fail().onFailure(failure -> users.lastSeen(session.username()).isPresent())
                        .recoverWithItem(() -> users.lastSeen(session.username()))
                : named;
    }

    private static SecurityIdentity identity(UserDocument user) {
        return QuarkusSecurityIdentity.builder().setPrincipal(new QuarkusPrincipal(user.username()))
                .addRoles(user.roles().stream().map(Wire::wire).collect(Collectors.toSet())).build();
    }

    @Override
    public Uni<ChallengeData> getChallenge(RoutingContext context) {
        return Uni.createFrom().item(new ChallengeData(UNAUTHORIZED));
    }
}
