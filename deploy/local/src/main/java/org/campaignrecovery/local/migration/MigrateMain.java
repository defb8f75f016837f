package org.campaignrecovery.local.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.client.ApiException;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.logging.QuietLogging;
import org.campaignrecovery.local.migration.CampaignMigration.Answer;
import org.campaignrecovery.local.migration.CampaignMigration.Outcome;

/**
 * {@code make migrate FILE=campaigns.ndjson}: into the api at {@code API_URL} as {@code ADMIN_USERNAME} with {@code ADMIN_PASSWORD}, or
 * into the stack that runs. Exits with 1 when a campaign was refused or a line was bad, with 2 when it could not begin.
 */
public final class MigrateMain {
    private MigrateMain() {
    }

    public static void main(String[] arguments) {
        QuietLogging.install();
        Path file = Path.of(arguments.length == 0 ? "" : arguments[0]);
        if (!Files.isRegularFile(file)) {
            fail("Which file? make migrate FILE=campaigns.ndjson" + (arguments.length == 0 ? "" : " (" + file + " is not a file)"));
        }
        try {
            ApiClient api = login(LocalDirectory.of(System.getenv()), System.getenv());
            Map<Outcome, Integer> outcomes = new CampaignMigration(document -> answer(api, document), System.out::println).migrate(file);
            System.out.printf("%,d created, %,d unchanged, %,d refused, %,d bad lines%n", outcomes.get(Outcome.CREATED),
                    outcomes.get(Outcome.UNCHANGED), outcomes.get(Outcome.REFUSED), outcomes.get(Outcome.BAD));
            System.exit(outcomes.get(Outcome.REFUSED) + outcomes.get(Outcome.BAD) == 0 ? 0 : 1);
        } catch (IOException | ApiException | UncheckedIOException | IllegalArgumentException e) {
            fail(e.getMessage());
        }
    }

    static ApiClient login(LocalDirectory directory, Map<String, String> environment) throws IOException {
        Map<String, String> known = new HashMap<>(EnvFile.read(directory.stackEnv()));
        known.putAll(environment);
        String url = known.get("API_URL");
        if (url == null || url.isBlank()) {
            throw new IllegalArgumentException("Which api? Set API_URL, ADMIN_USERNAME and ADMIN_PASSWORD, or start the stack: make up");
        }
        if (environment.containsKey("API_URL")) {
            return ApiClient.login(URI.create(url), required(environment, "ADMIN_USERNAME"), required(environment, "ADMIN_PASSWORD"));
        }
        LocalUsers.User admin = LocalUsers.of(directory).get(LocalUsers.ADMIN);
        return ApiClient.login(URI.create(url), admin.username(), admin.password());
    }

    private static String required(Map<String, String> environment, String name) {
        String value = environment.get(name);
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException("API_URL is set, and " + name + " is not");
        }
        return value;
    }

    private static Answer answer(ApiClient api, String document) {
        HttpResponse<String> response = api.exchange("POST", "/api/campaigns/migrate", document);
        return new Answer(response.statusCode(), response.body());
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(2);
    }
}
