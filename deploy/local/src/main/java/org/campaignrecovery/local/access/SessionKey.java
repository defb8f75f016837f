package org.campaignrecovery.local.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.directory.PrivateFile;

/** The key that all apis of a local directory encrypt their session cookies with; kept, so that a restart logs nobody out. */
public final class SessionKey {
    private static final int BYTES = 32;

    private SessionKey() {
    }

    public static String of(LocalDirectory directory) {
        Path file = directory.data("session.key");
        try {
            if (!Files.exists(file)) {
                byte[] random = new byte[BYTES];
                new SecureRandom().nextBytes(random);
                PrivateFile.write(file, Base64.getUrlEncoder().withoutPadding().encodeToString(random));
            }
            return Files.readString(file).trim();
        } catch (IOException e) {
            throw new UncheckedIOException("The session key cannot be kept in " + file, e);
        }
    }
}
