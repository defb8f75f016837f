package org.campaignrecovery.local.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.client.ApiException;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.directory.PrivateFile;
import org.campaignrecovery.local.logging.QuietLogging;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * {@code make doctor}: asks the first api how the system is ({@code API_URL} names another) and prints it. Ends with 1 when something has
 * failed or nobody can be asked, otherwise with 0.
 */
public final class DoctorMain {
    private static final String DOCTOR = "/api/doctor";
    private static final int UNAUTHORIZED = 401;
    private static final String USUAL = "http://127.0.0.1:3000";

    private DoctorMain() {
    }

    public static void main(String[] arguments) throws IOException {
        QuietLogging.install();
        System.exit(run(System.getenv()) ? 0 : 1);
    }

    /** False when something has failed. */
    static boolean run(Map<String, String> environment) throws IOException {
        LocalDirectory directory = LocalDirectory.of(environment);
        Map<String, String> addresses = new HashMap<>(EnvFile.read(directory.stackEnv()));
        addresses.putAll(environment);
        URI api = URI.create(addresses.getOrDefault("API_URL", USUAL));
        if (!Files.exists(directory.run("users.json"))) {
            System.err.println("Nobody can log in: " + directory.run("users.json") + " is missing. Run make up first.");
            return false;
        }
        try {
            Examination examination = Examination.of(examine(api, directory));
            System.out.print(examination.table());
            return !examination.failed();
        } catch (UncheckedIOException e) {
            System.err.println("No api answers at " + api + ": run make up, or see its log (" + directory.log("api-1") + ").");
        } catch (ApiException e) {
            System.err.println("The api at " + api + " cannot be asked: " + e.getMessage());
        }
        return false;
    }

    /** With the session of the last time, if it still holds: while the ledger is away nobody can log in, but who did can ask. */
    private static JsonNode examine(URI api, LocalDirectory directory) throws IOException {
        Path kept = directory.run("doctor.session");
        if (Files.exists(kept)) {
            try {
                return ApiClient.resume(api, Files.readString(kept)).get(DOCTOR);
            } catch (ApiException e) {
                if (e.status() != UNAUTHORIZED) {
                    throw e;
                }
                Files.delete(kept);
            }
        }
        LocalUsers.User operator = LocalUsers.of(directory).get(LocalUsers.OPERATOR);
        ApiClient client = ApiClient.login(api, operator.username(), operator.password());
        JsonNode report = client.get(DOCTOR);
        PrivateFile.write(kept, client.session());
        return report;
    }
}
