package org.campaignrecovery.api.access;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * What a session cookie says, before it is encrypted.
 *
 * @param since when the user logged in
 * @param epoch the user's {@link UserDocument#sessionEpoch()} then
 */
record Session(Instant since, int epoch, String username) {

    String encode() {
        return since.toEpochMilli() + ":" + epoch + ":" + username;
    }

    /** Empty for what an older version of this service may have written. */
    static Optional<Session> decode(String text) {
        String[] parts = text.split(":", 3);
        if (parts.length < 3 || !parts[0].matches("[0-9]{1,15}") || !parts[1].matches("[0-9]{1,9}")) {
            return Optional.empty();
        }
        return Optional.of(new Session(Instant.ofEpochMilli(Long.parseLong(parts[0])), Integer.parseInt(parts[1]), parts[2]));
    }

    boolean isOf(UserDocument user, Instant now, Duration absoluteTimeout) {
        return user.enabled() && user.sessionEpoch() == epoch && now.isBefore(since.plus(absoluteTimeout));
    }
}
