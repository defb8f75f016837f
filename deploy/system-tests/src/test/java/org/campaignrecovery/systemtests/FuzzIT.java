package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.cluster.Repository;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;

/** Requests that schemathesis makes up from the contract. FUZZ_WORK names a directory. Part of {@code make check}, which installs it. */
@Tag("fuzz")
@Timeout(value = 15, unit = TimeUnit.MINUTES)
class FuzzIT {
    private static final int REQUESTS = 5_000;
    private static final int OPERATIONS_THAT_DO_SOMETHING = 20;
    /** By role, the requests made up at random for each operation; beside them are those that the contract's corners suggest. */
    private static final Map<String, Integer> EXAMPLES = Map.of("anonymous", 10, LocalUsers.OPERATOR, 10, LocalUsers.ADMIN, 2);
    /** Corners cost a minute of a processor: those of one who may not do half of it are left to nobody and to admins. */
    private static final String PHASES_OF_OPERATORS = "fuzzing";
    private static final String CHECKS = "not_a_server_error,status_code_conformance,content_type_conformance,response_headers_conformance,"
            + "response_schema_conformance,access";

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(60);

    private final List<String> failures = new ArrayList<>();
    private final Path work = Path.of(System.getenv("FUZZ_WORK"));

    /** Fails when an answer is a 5xx or outside of the contract, or when somebody gets in who must not. */
    @Test
    void everyAnswerIsInTheContract() throws Exception {
        String ids = Json.MAPPER.valueToTree(ids()).toString();
        Map<String, Process> fuzzers = new LinkedHashMap<>();
        for (String role : List.of("anonymous", LocalUsers.OPERATOR, LocalUsers.ADMIN)) {
            fuzzers.put(role, fuzzer(role, ids));
        }
        int requests = 0;
        for (String role : fuzzers.keySet()) {
            JsonNode answers = answers(role, fuzzers.get(role));
            int some = 0;
            Set<String> successful = new TreeSet<>();
            for (JsonNode answer : answers) {
                some += answer.get(2).asInt();
                if (answer.get(1).asInt() / 100 == 2) {
                    successful.add(answer.get(0).asText());
                }
            }
            System.out.printf("fuzz as %s: %,d requests, %d operations answered with 2xx%n", role, some, successful.size());
            requests += some;
            if (role.equals(LocalUsers.ADMIN) && successful.size() < OPERATIONS_THAT_DO_SOMETHING) {
                failures.add("what admins may do was only refused: " + successful);
            }
        }
        assertThat(failures).isEmpty();
        assertThat(requests).as("requests").isGreaterThanOrEqualTo(REQUESTS);
    }

    private Process fuzzer(String role, String ids) throws IOException {
        Path root = Repository.root();
        Path output = work.resolve(role + ".log");
        List<String> command = new ArrayList<>(List.of("schemathesis", "run",
                root.resolve("api-service/target/openapi/openapi.json").toString(), "--url",
                scene.cluster().url(ServiceKind.API, 1).toString(), "--checks", CHECKS, "--phases",
                role.equals(LocalUsers.OPERATOR) ? PHASES_OF_OPERATORS : "coverage,fuzzing", "--max-examples",
                String.valueOf(EXAMPLES.get(role)), "--seed", "1", "--workers", "1", "--request-timeout", "20", "--no-shrink",
                "--continue-on-failure",
                "--no-color", "--generation-database", "none", "--suppress-health-check",
                "too_slow,filter_too_much", "--generation-with-security-parameters", "false"));
        if (role.equals(LocalUsers.ADMIN)) {
            // It finds its own user in the list of all, changes it, and its session ends.
            command.addAll(List.of("--exclude-operation-id", "updateUser"));
        }
        if (!role.equals("anonymous")) {
            command.addAll(List.of("--header", "Cookie: " + scene.cluster().login(role).session()));
        }
        ProcessBuilder fuzzer = new ProcessBuilder(command).directory(work.toFile()).redirectErrorStream(true)
                .redirectOutput(output.toFile())
                .redirectInput(new File("/dev/null"));
        fuzzer.environment().putAll(Map.of("SCHEMATHESIS_HOOKS", "hooks", "PYTHONPATH", root.resolve("build/check/fuzz").toString(),
                "FUZZ_ROLE", role, "FUZZ_IDS", ids, "FUZZ_COUNTS", work.resolve(role + ".json").toString()));
        return fuzzer.start();
    }

    private JsonNode answers(String role, Process fuzzer) throws IOException, InterruptedException {
        if (fuzzer.waitFor() != 0) {
            failures.add("as %s:%n%s".formatted(role, Files.readString(work.resolve(role + ".log"))));
        }
        return Json.parse(Files.readString(work.resolve(role + ".json")));
    }

    /** By path of the contract, the ids that its parameters may have: a run that is over, drafts that may be changed and deleted. */
    private static Map<String, Map<String, List<String>>> ids() throws IOException {
        scene.worker(1);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(Duration.ofSeconds(60));
        List<String> campaigns = new ArrayList<>(List.of(mission.campaign()));
        IntStream.range(0, 10).forEach(i -> campaigns.add(scene.campaigns().create(CampaignDraft.toEverybody("Draft " + i,
                Instant.now().plusSeconds(86_400 * 365L)))));
        List<String> deliveries = some("deliveries", mission.run());
        List<String> batches = some("batches", mission.run());
        Map<String, Map<String, List<String>>> ids = new LinkedHashMap<>();
        JsonNode contract = Json.parse(Files.readString(Repository.root().resolve("api-service/target/openapi/openapi.json")));
        contract.get("paths").fieldNames().forEachRemaining(path -> {
            if (path.startsWith("/api/campaigns/{id}")) {
                ids.put(path, Map.of("id", campaigns));
            } else if (path.startsWith("/api/runs/{runId}")) {
                ids.put(path, Map.of("runId", List.of(mission.run())));
            } else if (path.startsWith("/api/deliveries/{id}")) {
                ids.put(path, Map.of("id", deliveries));
            } else if (path.startsWith("/api/batches/{id}")) {
                ids.put(path, Map.of("id", batches));
            }
        });
        return ids;
    }

    private static List<String> some(String collection, String run) {
        return scene.database().getCollection(collection).find(Filters.eq("run", run)).limit(5).map((Document one) -> one.getString("_id"))
                .into(new ArrayList<>());
    }
}
