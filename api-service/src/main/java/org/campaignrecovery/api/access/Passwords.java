package org.campaignrecovery.api.access;

import static java.nio.charset.StandardCharsets.UTF_8;

import jakarta.enterprise.context.ApplicationScoped;

import io.quarkus.elytron.security.common.BcryptUtil;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Hashes passwords with bcrypt, away from the event loop: one costs some 60 ms of a processor. */
@ApplicationScoped
public class Passwords {
    static final int MIN_LENGTH = 8;
    /** bcrypt looks at no more; a longer password would be cut in silence. */
    static final int MAX_BYTES = 72;

    private final String nobodysHash = BcryptUtil.bcryptHash("no user has this password");

    public Uni<String> hash(String password) {
        return Uni.createFrom().item(() -> BcryptUtil.bcryptHash(password)).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** Whether the password is the user's. Takes as long without a user, so that names cannot be found out by the clock. */
    public Uni<Boolean> matches(String password, UserDocument user) {
        String hash = user == null ? nobodysHash : user.passwordHash();
        return Uni.createFrom().item(() -> BcryptUtil.matches(password, hash)).map(same -> same && user != null)
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    /** What is wrong with a new password, or null. */
    static String complaint(String password) {
        if (password == null || password.length() < MIN_LENGTH) {
            return "must have at least %d characters".formatted(MIN_LENGTH);
        }
        return password.getBytes(UTF_8).length > MAX_BYTES ? "must have at most %d bytes".formatted(MAX_BYTES) : null;
    }
}
