package org.campaignrecovery.local.access;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.directory.PrivateFile;
import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.core.type.TypeReference;

/**
 * One user a role with a random password, made up once per local directory.
 *
 * <p>They are kept with the data, since the ledger knows their passwords; {@code run/users.json} is a copy for scripts.
 */
public final class LocalUsers {
    public static final String MARKETER = "marketer";
    public static final String MANAGER = "marketing-manager";
    public static final String OPERATOR = "operator";
    public static final String ADMIN = "admin";
    /** In the order in which people meet them. */
    public static final List<String> ROLES = List.of(MARKETER, MANAGER, OPERATOR, ADMIN);

    private static final int PASSWORD_BYTES = 15;

    private final Map<String, User> byRole;

    public record User(String username, String password) {
    }

    private LocalUsers(Map<String, User> byRole) {
        this.byRole = byRole;
    }

    /** The users of {@code directory}, made up now if there are none. */
    public static LocalUsers of(LocalDirectory directory) {
        Path kept = directory.data("users.json");
        try {
            Map<String, User> users = Files.exists(kept) ? Json.MAPPER.readValue(kept.toFile(), new TypeReference<>() {
            }) : new LinkedHashMap<>();
            ROLES.forEach(role -> users.computeIfAbsent(role, name -> new User(name, password())));
            String json = Json.MAPPER.writerWithDefaultPrettyPrinter().writeValueAsString(users) + "\n";
            PrivateFile.write(kept, json);
            PrivateFile.write(directory.run("users.json"), json);
            return new LocalUsers(users);
        } catch (IOException e) {
            throw new UncheckedIOException("The users cannot be kept in " + kept, e);
        }
    }

    public User get(String role) {
        return byRole.get(role);
    }

    private static String password() {
        byte[] random = new byte[PASSWORD_BYTES];
        new SecureRandom().nextBytes(random);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(random);
    }
}
