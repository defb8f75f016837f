package org.campaignrecovery.api.schedule;

import static com.mongodb.client.model.Filters.eq;
import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

import jakarta.inject.Inject;

import org.bson.Document;
import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.schedule.LifeModel.Step;
import org.campaignrecovery.api.schedule.LifeModel.User;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.campaignrecovery.api.stack.LedgerQuery;
import org.campaignrecovery.ledger.campaign.CampaignDeparture;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.mongodb.client.model.Updates;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.QuarkusTestProfile;
import io.quarkus.test.junit.TestProfile;
import io.smallrye.mutiny.Uni;

/**
 * Random orders of random people, mixed with what happens by itself, against {@link LifeModel}: after each the API must answer as the
 * model does and the campaign must stand where the model stands. No order may be answered with a 5xx.
 */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
@TestProfile(LifeQuarkusTest.NothingHappensByItself.class)
class LifeQuarkusTest {
    private static final int SEQUENCES = Integer.getInteger("life.sequences", 700);
    private static final long SEED = Long.getLong("life.seed", 4);
    private static final int LONGEST = 14;
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /** The scheduler is this test. */
    public static class NothingHappensByItself implements QuarkusTestProfile {
        @Override
        public Map<String, String> getConfigOverrides() {
            return Map.of("campaign.schedule.enabled", "false", "quarkus.log.category.\"org.campaignrecovery\".level", "WARN");
        }
    }

    @TestHTTPResource
    URI base;
    @Inject
    Arming arming;
    @Inject
    DueStart start;
    @Inject
    EndSweep ends;
    @Inject
    CampaignDeparture departure;
    @Inject
    CampaignRepository campaigns;
    @Inject
    RunRepository runs;

    private final HttpClient http = HttpClient.newHttpClient();
    private final ObjectMapper json = new ObjectMapper();
    private final Map<User, String> cookies = new EnumMap<>(User.class);
    private final Set<String> seen = new TreeSet<>();
    private final Set<Step> taken = EnumSet.noneOf(Step.class);
    private int answers;

    @Test
    void everyOrderDoesWhatTheTableSays() throws Exception {
        TestSessions.awaitReady();
        logIn();
        for (int n = 0; n < SEQUENCES; n++) {
            walk(new Random(SEED * 1_000_003 + n), "life.seed=%d, sequence %d".formatted(SEED, n));
        }
        System.out.printf("%d sequences, %d answers, statuses %s%n", SEQUENCES, answers, seen);
        assertThat(seen).as("the walks have come everywhere").containsAll(LifeModel.statuses());
        assertThat(taken).isEqualTo(EnumSet.allOf(Step.class));
    }

    private void logIn() {
        TestSessions.createUser("other-marketer", "other-marketer-password", "marketer");
        for (String role : List.of("marketer", "marketing-manager", "operator")) {
            TestSessions.createUser(role, role + "-password", role);
        }
        for (User user : User.values()) {
            cookies.put(user, TestSessions.login(user.username, user.username + "-password"));
        }
    }

    private void walk(Random random, String name) throws Exception {
        boolean endsLater = random.nextInt(3) == 0;
        Map<String, Object> content = TestCampaigns.valid(Instant.now().plusSeconds(3_600));
        if (endsLater) {
            content.put("endDate", Instant.now().plusSeconds(7_200).toString());
        }
        String id = create(content);
        LifeModel model = new LifeModel(endsLater);
        List<String> steps = new ArrayList<>();
        int length = 2 + random.nextInt(LONGEST);
        for (int i = 0; i < length; i++) {
            Step step = pick(random, model);
            User user = User.values()[random.nextInt(User.values().length)];
            if (step.isOrder() && random.nextInt(3) > 0) {
                user = whoMay(random, step, model);
            }
            steps.add(step.isOrder() ? step + " by " + user : step.name());
            if (step.isOrder()) {
                order(id, step, user, model, content, name + " " + steps);
            } else if (model.possible(step)) {
                happen(id, step);
                model.take(step);
            }
            assertStands(id, model, name + " " + steps);
        }
        assertAudit(id, model, name + " " + steps);
        if (!model.gone()) {
            // Nothing of this walk may be armed in the next one.
            request(User.OPERATOR, "POST", "/api/campaigns/" + id + "/cancel", null);
        }
    }

    /** Mostly what is possible, so that the walks get far; else anything. */
    private static Step pick(Random random, LifeModel model) {
        List<Step> all = List.of(Step.values());
        List<Step> possible = all.stream().filter(model::possible).filter(step -> step != Step.CANCEL && step != Step.DELETE).toList();
        return possible.isEmpty() || random.nextInt(4) == 0
                ? all.get(random.nextInt(all.size()))
                : possible.get(random.nextInt(possible.size()));
    }

    private static User whoMay(Random random, Step step, LifeModel model) {
        List<User> may = List.of(User.values()).stream().filter(user -> model.answer(step, user) != 403).toList();
        return may.isEmpty() ? User.OPERATOR : may.get(random.nextInt(may.size()));
    }

    private void order(String id, Step step, User user, LifeModel model, Map<String, Object> content, String walk) throws Exception {
        int expected = model.answer(step, user);
        Object body = step == Step.EDIT ? content : step == Step.REJECT ? Map.of("reason", "not yet") : null;
        HttpResponse<String> answer = request(user, step.method, "/api/campaigns/" + id + step.path, body);
        assertThat(answer.statusCode()).as("%s: %s", walk, answer.body()).isEqualTo(expected);
        if (expected / 100 == 2) {
            model.take(step);
            taken.add(step);
        } else {
            assertThat(answer.headers().firstValue("Content-Type").orElse("")).as(walk).startsWith("application/problem+json");
        }
    }

    private void happen(String id, Step step) {
        taken.add(step);
        switch (step) {
            case ARMED -> await(arming.sweep());
            case DUE -> due(id, Duration.ZERO);
            case TOO_LATE -> due(id, Duration.ofDays(2));
            case RUN_ENDS -> runBecomes(id, RunState.COMPLETED);
            case RUN_FAILS -> runBecomes(id, RunState.FAILED);
            case END_DATE -> {
                LedgerQuery.ledger().getCollection("campaigns").updateOne(eq("_id", id),
                        Updates.set("endDate", Date.from(Instant.now().minusSeconds(1))));
                await(ends.sweep());
            }
            default -> throw new IllegalArgumentException(step + " is an order");
        }
    }

    private void due(String id, Duration late) {
        Instant then = Instant.now().minus(late).minusSeconds(1);
        LedgerQuery.ledger().getCollection("campaigns").updateOne(eq("_id", id),
                Updates.combine(Updates.set("nextRunAt", Date.from(then)), Updates.set("approvedAt", Date.from(then))));
        await(start.attempt(campaign(id)));
    }

    private void runBecomes(String id, RunState state) {
        String run = campaign(id).current.runId();
        LedgerQuery.ledger().getCollection("runs").updateOne(eq("_id", run), Updates.combine(Updates.set("state", state.wire()),
                Updates.set("totals", new Document("email", new Document("sent", 2L)))));
        RunDocument ended = await(runs.withId(run)).orElseThrow();
        assertThat(await(departure.depart(ended, Instant.now()))).isTrue();
    }

    private void assertStands(String id, LifeModel model, String walk) throws Exception {
        HttpResponse<String> answer = request(User.OPERATOR, "GET", "/api/campaigns/" + id, null);
        if (model.gone()) {
            assertThat(answer.statusCode()).as(walk).isEqualTo(404);
            return;
        }
        seen.add(model.status());
        assertThat(json.readTree(answer.body()).path("status").asText()).as(walk).isEqualTo(model.status());
    }

    /** Every change is in the audit, once, and each begins where the one before has ended. */
    private void assertAudit(String id, LifeModel model, String walk) throws Exception {
        HttpResponse<String> answer = request(User.OPERATOR, "GET", "/api/campaigns/" + id + "/audit", null);
        if (model.gone()) {
            return;
        }
        JsonNode items = json.readTree(answer.body()).path("items");
        Map<String, Integer> told = new TreeMap<>();
        items.forEach(item -> {
            told.merge(item.path("to").asText(), 1, Integer::sum);
            assertThat(item.path("who").asText()).as(walk).isNotEmpty();
        });
        Map<String, Integer> expected = new TreeMap<>();
        model.history().forEach(status -> expected.merge(status, 1, Integer::sum));
        assertThat(told).as("%s: %s", walk, items).isEqualTo(expected);
    }

    private String create(Map<String, Object> content) throws Exception {
        HttpResponse<String> answer = request(User.AUTHOR, "POST", "/api/campaigns", content);
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(201);
        return json.readTree(answer.body()).path("id").asText();
    }

    private CampaignDocument campaign(String id) {
        return await(campaigns.withId(id)).orElseThrow();
    }

    private HttpResponse<String> request(User user, String method, String path, Object body) throws Exception {
        answers++;
        HttpRequest.Builder request = HttpRequest.newBuilder(base.resolve(path)).timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .header("Cookie", "campaign_session=" + cookies.get(user));
        HttpRequest.BodyPublisher content = body == null
                ? HttpRequest.BodyPublishers.noBody()
                : HttpRequest.BodyPublishers.ofString(json.writeValueAsString(body));
        HttpResponse<String> answer = http.send(request.method(method, content).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s %s: %s", method, path, answer.body()).isLessThan(500);
        return answer;
    }

    private static <T> T await(Uni<T> uni) {
        return uni.await().atMost(PATIENCE);
    }
}
