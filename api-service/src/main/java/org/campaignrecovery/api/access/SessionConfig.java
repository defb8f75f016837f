package org.campaignrecovery.api.access;

import java.time.Duration;
import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.vertx.core.http.CookieSameSite;

/** Sessions of people who have logged in. */
@ConfigMapping(prefix = "campaign.session")
public interface SessionConfig {

    /**
     * What the session cookie is encrypted and authenticated with (SESSION_ENCRYPTION_KEY), at least 16 characters, the same at every
     * replica. Without it a random key is used: everybody logs in again after a restart, and at every replica.
     */
    Optional<String> encryptionKey();

    /** A session that was not used for so long has ended. */
    @WithDefault("PT8H")
    Duration idleTimeout();

    /** A session ends after so long, used or not. */
    @WithDefault("P7D")
    Duration absoluteTimeout();

    /** The cookie's SameSite attribute; NONE only for frontends on another site. */
    @WithDefault("LAX")
    CookieSameSite sameSite();
}
