package org.campaignrecovery.local.access;

import java.net.URI;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.client.ApiException;

/** Creates the local users through the api; the admin was bootstrapped by the api's environment. */
public final class UserSetup {
    private static final int UNAUTHORIZED = 401;
    private static final int CONFLICT = 409;

    private UserSetup() {
    }

    /** Harmless when they exist. @throws IllegalStateException when one exists with another password */
    public static void ensure(URI api, LocalUsers users) {
        ApiClient admin = login(api, users.get(LocalUsers.ADMIN));
        for (String role : LocalUsers.ROLES) {
            if (!role.equals(LocalUsers.ADMIN)) {
                create(api, admin, role, users.get(role));
            }
        }
    }

    private static void create(URI api, ApiClient admin, String role, LocalUsers.User user) {
        try {
            admin.post("/api/users", Map.of("username", user.username(), "password", user.password(), "roles", List.of(role)));
        } catch (ApiException e) {
            if (e.status() != CONFLICT) {
                throw e;
            }
            login(api, user);
        }
    }

    private static ApiClient login(URI api, LocalUsers.User user) {
        try {
            return ApiClient.login(api, user.username(), user.password());
        } catch (ApiException e) {
            if (e.status() == UNAUTHORIZED) {
                throw new IllegalStateException("The ledger knows " + user.username()
                        + " with another password than data/users.json does: they do not belong together. Give it another CAMPAIGN_DB, or remove both.",
                        e);
            }
            throw e;
        }
    }
}
