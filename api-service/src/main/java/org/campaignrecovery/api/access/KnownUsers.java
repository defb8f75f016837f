package org.campaignrecovery.api.access;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** The users of live sessions, read again every few seconds: disabling somebody or taking a role away works at once, nearly. */
@ApplicationScoped
public class KnownUsers {
    static final Duration FRESH = Duration.ofSeconds(5);

    private final UserRepository users;
    private final Clock clock;
    private final Map<String, Seen> seen = new ConcurrentHashMap<>();

    KnownUsers(UserRepository users, Clock clock) {
        this.users = users;
        this.clock = clock;
    }

    Uni<Optional<UserDocument>> named(String username) {
        Instant now = clock.instant();
        Seen known = seen.get(username);
        if (known != null && !now.isBefore(known.at) && now.isBefore(known.at.plus(FRESH))) {
            return Uni.createFrom().item(Optional.of(known.user));
        }
        return users.named(username).invoke(user -> user.ifPresentOrElse(u -> seen.put(username, new Seen(u, now)),
                () -> seen.remove(username)));
    }

    /** As they were when they were last read, however long ago that was. */
    Optional<UserDocument> lastSeen(String username) {
        return Optional.ofNullable(seen.get(username)).map(Seen::user);
    }

    void forget(String username) {
        seen.remove(username);
    }

    private record Seen(UserDocument user, Instant at) {
    }
}
