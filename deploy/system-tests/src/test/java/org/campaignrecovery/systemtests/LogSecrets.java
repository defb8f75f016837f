package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.access.SessionKey;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;

/** Nothing that the services were given in secret stands in what they said. */
final class LogSecrets {

    private LogSecrets() {
    }

    static void assertNone(LocalDirectory directory) {
        try (Stream<Path> logs = Files.list(directory.root().resolve("log"))) {
            List<String> secrets = secrets(directory);
            for (Path log : logs.filter(file -> file.getFileName().toString().matches("(api|worker)-.*")).toList()) {
                assertThat(Files.readString(log)).as("what %s says", log.getFileName()).doesNotContain(secrets);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static List<String> secrets(LocalDirectory directory) throws IOException {
        List<String> secrets = new ArrayList<>(List.of(SessionKey.of(directory)));
        LocalUsers users = LocalUsers.of(directory);
        LocalUsers.ROLES.forEach(role -> secrets.add(users.get(role).password()));
        if (Files.exists(directory.stackEnv())) {
            secrets.add(EnvFile.read(directory.stackEnv()).get("TWILIO_AUTH_TOKEN"));
        }
        return secrets;
    }
}
