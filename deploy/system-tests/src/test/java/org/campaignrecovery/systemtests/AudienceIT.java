package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedWriter;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.orders.OrdersCollection;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.api.io.TempDir;

import com.fasterxml.jackson.databind.JsonNode;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Sorts;

/** Audiences that are not named one by one: by order history, and by a file. */
@Timeout(value = 4, unit = TimeUnit.MINUTES)
class AudienceIT {
    private static final int IDS = 1_000_000;
    private static final Instant SPRING = Instant.parse("2025-04-15T00:00:00Z");

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(400).withApiSettings("-Xmx192m").withEnvironment("LOG_FORMAT", "json");

    @TempDir
    Path folder;

    /**
     * Who is reached is what somebody else finds out from the same orders, and what was counted before.
     * <p>
     * Fails when the filter lets anybody else through, when the count does not count what is planned, or when the logs in JSON do not say
     * which run they are about, or name anybody.
     */
    @Test
    void aFilterReachesThoseWhomItMeans() {
        scene.worker(1);
        Map<String, Object> audience = Map.of("filter", Map.of("countries", List.of("germany", "France"), "lastOrderAfter",
                SPRING.toString(), "minOrders", 2, "maxTotalSpent", 1_200));
        JsonNode count = scene.cluster().login(LocalUsers.MARKETER).post("/api/audiences/count", Map.of("audience", audience));
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("audience", audience));
        mission.awaitStart();
        RunProgress end = mission.awaitCompleted(Duration.ofSeconds(60));

        Set<String> meant = meant();
        assertThat(meant).as("those who are meant").hasSizeBetween(10, 200);
        assertThat(count.get("customers").asInt()).isEqualTo(meant.size());
        assertThat(count.get("planned")).isEqualTo(end.json().get("planned"));
        assertThat(count.get("skipped")).isEqualTo(end.json().get("skipped"));
        for (String channel : List.of("email", "sms")) {
            JsonNode skipped = end.json().at("/skipped/" + channel);
            int all = end.planned(channel) + skipped.get("noAddress").asInt() + skipped.get("invalidAddress").asInt()
                    + skipped.get("duplicateAddress").asInt();
            assertThat(all).as("planned or skipped on %s", channel).isEqualTo(meant.size());
        }
        List<String> reached = scene.database().getCollection("deliveries").find(Filters.eq("run", mission.run()))
                .map(delivery -> delivery.getString("customer")).into(new ArrayList<>());
        assertThat(meant).containsAll(reached);
        assertThat(mission.accepted()).isEqualTo(end.planned("email") + end.planned("sms"));
        assertThat(mission.comparison().disagreements()).isEmpty();
        assertLogged(mission);
    }

    private static void assertLogged(Mission mission) {
        JsonLogs api = JsonLogs.of(scene.log("api-1"));
        JsonLogs worker = JsonLogs.of(scene.log("worker-1"));
        assertThat(api.about("campaign", mission.campaign())).as("lines about the campaign").isPositive();
        assertThat(worker.about("run", mission.run())).as("lines about the run").isGreaterThan(2);
        api.assertNoneNames(mission.receivers());
        worker.assertNoneNames(mission.receivers());
    }

    /** As a person would, in a few lines that share nothing with the product. */
    private static Set<String> meant() {
        Map<String, List<Document>> byCustomer = new HashMap<>();
        try (OrdersCollection orders = scene.orders()) {
            orders.collection().find(Filters.ne("customer_id", null)).sort(Sorts.ascending("order_date", "order_id"))
                    .forEach(order -> byCustomer.computeIfAbsent(String.valueOf(order.get("customer_id")), id -> new ArrayList<>())
                            .add(order));
        }
        Set<String> meant = new HashSet<>();
        byCustomer.forEach((customer, orders) -> {
            List<Document> placed = orders.stream().filter(order -> !order.getBoolean("cancelled")).toList();
            boolean late = placed.stream().map(order -> order.getDate("order_date")).max(Comparator.naturalOrder())
                    .filter(last -> !last.before(Date.from(SPRING))).isPresent();
            double spent = placed.stream().mapToDouble(order -> order.getDouble("total")).sum();
            String country = orders.get(orders.size() - 1).getString("country");
            if (late && placed.size() >= 2 && spent <= 1_200 && List.of("Germany", "France").contains(country)) {
                meant.add(customer);
            }
        });
        return meant;
    }

    /**
     * A million ids in a million and a hundred thousand lines, in no order, at an api with 192 MB of heap.
     * <p>
     * Fails when the file is held in memory, sorted wrongly or not stored whole.
     */
    @Test
    void aMillionIdsAreUploaded() throws IOException, InterruptedException {
        ApiClient marketer = scene.cluster().login(LocalUsers.MARKETER);
        String id = scene.campaigns().create(CampaignDraft.toEverybody("A million", Instant.now().plusSeconds(86_400))
                .with("audience", Map.of("storedList", true)));
        Path csv = folder.resolve("ids.csv");
        try (BufferedWriter lines = Files.newBufferedWriter(csv)) {
            lines.write("customer_id,name\r\n");
            for (long i = 0; i < IDS + IDS / 10; i++) {
                lines.write((i % IDS * 7_919 % IDS) + ",\"Smith, Ann\"\r\n");
            }
        }
        long begun = System.nanoTime();
        JsonNode campaign = upload(marketer, id, csv);
        long seconds = Duration.ofNanos(System.nanoTime() - begun).toSeconds();

        assertThat(campaign.get("audienceSize").asInt()).isEqualTo(IDS);
        List<Document> parts = scene.database().getCollection("segments").find(Filters.eq("segment", segment(id)))
                .sort(Sorts.ascending("n")).into(new ArrayList<>());
        List<String> stored = parts.stream().flatMap(part -> part.getList("ids", String.class).stream()).toList();
        assertThat(stored.size()).isEqualTo(IDS);
        for (int i = 1; i < IDS; i++) {
            if (stored.get(i - 1).compareTo(stored.get(i)) >= 0) {
                throw new AssertionError("not ascending: " + stored.get(i - 1) + ", " + stored.get(i));
            }
        }
        assertThat(scene.log("api-1")).doesNotContain("OutOfMemoryError");
        System.out.printf("%,d ids uploaded in %d s, the api's peak %s%n", IDS, seconds, PeakMemory.of(scene.process("api-1").pid()));
    }

    private static String segment(String campaign) {
        return scene.database().getCollection("campaigns").find(Filters.eq("_id", campaign)).first().get("audience", Document.class)
                .getString("segment");
    }

    private static JsonNode upload(ApiClient marketer, String id, Path csv) throws IOException, InterruptedException {
        URI target = scene.cluster().url(ServiceKind.API, 1).resolve("/api/campaigns/" + id + "/audience.csv");
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(target).header("Content-Type", "text/csv")
                .header("Cookie", marketer.session()).header("If-Match", "\"1\"").timeout(Duration.ofMinutes(3))
                .PUT(HttpRequest.BodyPublishers.ofFile(csv)).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
        return Json.parse(answer.body());
    }
}
