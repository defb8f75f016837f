package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.jboss.logging.Logger;

import io.quarkus.runtime.Startup;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager;
import io.quarkus.vertx.http.runtime.security.PersistentLoginManager.RestoreResult;
import io.vertx.core.http.Cookie;
import io.vertx.ext.web.RoutingContext;

/** The session cookie: Quarkus' own of form login, encrypted and authenticated with AES-GCM, so that any replica can read it. */
@Startup
@ApplicationScoped
public class SessionCookies {
    static final String NAME = "campaign_session";
    private static final Logger LOG = Logger.getLogger(SessionCookies.class);
    private static final Duration RENEWAL = Duration.ofMinutes(1);
    private static final int MIN_KEY = 16;
    private static final long UNTIL_BROWSER_CLOSES = -1;
    private static final Set<String> LOCALHOST = Set.of("localhost", "127.0.0.1", "::1", "[::1]");

    private final PersistentLoginManager manager;
    private final Clock clock;

    SessionCookies(SessionConfig config, Clock clock) {
        this.clock = clock;
        this.manager = new PersistentLoginManager(key(config), NAME, config.idleTimeout().toMillis(), RENEWAL.toMillis(), true,
                config.sameSite().name(), "/", UNTIL_BROWSER_CLOSES, null);
    }

    void begin(UserDocument user, RoutingContext context) {
        save(new Session(clock.instant(), user.sessionEpoch(), user.username()).encode(), context, null);
    }

    Optional<Session> read(RoutingContext context) {
        return restored(context).flatMap(result -> Session.decode(result.getPrincipal()));
    }

    /** Moves the idle time-out when the cookie is old enough to be worth it. */
    void renew(RoutingContext context) {
        restored(context).ifPresent(result -> save(result.getPrincipal(), context, result));
    }

    void end(RoutingContext context) {
        context.response().addCookie(Cookie.cookie(NAME, "").setPath("/").setMaxAge(0).setHttpOnly(true).setSecure(secure(context)));
    }

    private Optional<RestoreResult> restored(RoutingContext context) {
        return Optional.ofNullable(manager.restore(context));
    }

    private void save(String value, RoutingContext context, RestoreResult before) {
        manager.save(value, context, NAME, before, secure(context));
    }

    private static boolean secure(RoutingContext context) {
        return context.request().isSSL() || "https".equals(context.request().scheme())
                || context.request().authority() == null || !LOCALHOST.contains(context.request().authority().host());
    }

    private static String key(SessionConfig config) {
        String key = config.encryptionKey().orElse(null);
        if (key == null) {
            LOG.warn("SESSION_ENCRYPTION_KEY is not set: sessions end with this process and are not known at other replicas");
        } else if (key.length() < MIN_KEY) {
            throw new IllegalStateException("SESSION_ENCRYPTION_KEY must have at least %d characters".formatted(MIN_KEY));
        }
        return key;
    }
}
