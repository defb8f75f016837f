package org.campaignrecovery.api.progress;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Stream;

import org.campaignrecovery.api.access.TestSessions;
import org.campaignrecovery.api.campaign.TestCampaigns;
import org.campaignrecovery.api.stack.EmbeddedLedger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.common.http.TestHTTPResource;
import io.quarkus.test.junit.QuarkusTest;

/** The stream of a campaign's progress, as a browser would read it. */
@QuarkusTest
@QuarkusTestResource(EmbeddedLedger.class)
class ProgressQuarkusTest {
    private static final Duration SOON = Duration.ofSeconds(15);

    @TestHTTPResource
    URI api;

    private final HttpClient browser = HttpClient.newHttpClient();

    @BeforeEach
    void ready() {
        TestSessions.awaitReady();
    }

    @Test
    void eachChangeIsToldOnceUntilTheEnd() throws Exception {
        String campaign = TestCampaigns.create(TestCampaigns.valid(Instant.parse("2035-01-01T09:00:00Z")));
        List<String> lines = new CopyOnWriteArrayList<>();
        Thread reader = read(campaign, null, lines);
        await().atMost(SOON).until(() -> statuses(lines).contains("draft"));
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", campaign).then().statusCode(200);
        await().atMost(SOON).until(() -> statuses(lines).contains("pending_approval"));
        TestSessions.as("marketing-manager").post("/api/campaigns/{id}/cancel", campaign).then().statusCode(200);
        reader.join(SOON.toMillis());
        assertThat(reader.isAlive()).as("the stream ends with the campaign").isFalse();
        assertThat(statuses(lines)).containsExactly("draft", "pending_approval", "cancelled");

        String lastId = lines.stream().filter(line -> line.startsWith("id:")).reduce((one, last) -> last).orElseThrow().substring(3)
                .strip();
        assertThat(request(campaign, lastId).statusCode()).as("whoever knows the end stays away").isEqualTo(204);
        HttpResponse<Stream<String>> again = request(campaign, "something old");
        assertThat(again.statusCode()).isEqualTo(200);
        assertThat(statuses(again.body().toList())).containsExactly("cancelled");
    }

    @Test
    void nothingIsToldTwice() throws Exception {
        String campaign = TestCampaigns.create(TestCampaigns.valid(Instant.parse("2035-01-01T09:00:00Z")));
        List<String> first = new CopyOnWriteArrayList<>();
        read(campaign, null, first);
        await().atMost(SOON).until(() -> statuses(first).size() == 1);
        String id = first.stream().filter(line -> line.startsWith("id:")).findFirst().orElseThrow().substring(3).strip();
        List<String> second = new CopyOnWriteArrayList<>();
        read(campaign, id, second);
        TestSessions.as("marketer").post("/api/campaigns/{id}/submit", campaign).then().statusCode(200);
        await().atMost(SOON).until(() -> !statuses(second).isEmpty());
        assertThat(statuses(second)).containsExactly("pending_approval");
    }

    @Test
    void whatDoesNotExistIsAProblem() throws Exception {
        HttpResponse<Stream<String>> answer = request("6b0000000000000000000000", null);
        assertThat(answer.statusCode()).isEqualTo(404);
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    }

    private Thread read(String campaign, String lastId, List<String> lines) {
        Thread reader = new Thread(() -> {
            try {
                request(campaign, lastId).body().forEach(lines::add);
            } catch (IOException | InterruptedException e) {
                lines.add("failed: " + e);
            }
        });
        reader.setDaemon(true);
        reader.start();
        return reader;
    }

    private HttpResponse<Stream<String>> request(String campaign, String lastId) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(api.resolve("/api/campaigns/" + campaign + "/progress"))
                .header("Accept", "text/event-stream").header("Cookie", TestSessions.cookie("marketer"));
        if (lastId != null) {
            request.header("Last-Event-ID", lastId);
        }
        return browser.send(request.build(), HttpResponse.BodyHandlers.ofLines());
    }

    private static List<String> statuses(List<String> lines) {
        return lines.stream().filter(line -> line.startsWith("data:"))
                .map(line -> line.replaceAll(".*?\"status\":\"(\\w+)\".*", "$1")).toList();
    }
}
