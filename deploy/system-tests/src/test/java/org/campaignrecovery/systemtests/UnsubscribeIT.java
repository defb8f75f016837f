package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.MimeMessage;

import org.bson.Document;
import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.RunProgress;
import org.campaignrecovery.local.record.NdjsonLog;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Somebody takes their consent back, with the link of an e-mail that they have received. */
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class UnsubscribeIT {
    private static final Duration END = Duration.ofSeconds(60);
    private static final int PER_SECOND = 3;

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(60).toldByTheProvider().withEnvironment("STACK_KEEP_RAW", "true");

    /**
     * One unsubscribes before a campaign, another in the middle of it, after it was planned and while its messages wait for their turn.
     * Neither is sent anything, and the accounts say so. A third is erased meanwhile, and is not sent anything either.
     * <p>
     * Fails when the suppression list is not asked, or is asked only before a group waits for its rate; and when an erasure leaves what waits.
     */
    @Test
    void whoUnsubscribesIsNotSentAnythingAnyMore() throws Exception {
        scene.worker(1);
        Mission first = scene.launch();
        first.awaitStart();
        first.awaitCompleted(END);
        Map<String, URI> links = links(first.run());
        assertThat(links).as("every e-mail has a link").hasSize(scene.sample().email().planned());
        String early = links.keySet().iterator().next();
        unsubscribe(links.get(early));

        Mission second = scene.launch(Duration.ofSeconds(1), draft -> draft.with("channels", List.of("email"))
                .with("delivery", Map.of("ratePerSecond", PER_SECOND)));
        String run = second.awaitStart();
        second.awaitAccepted(PER_SECOND);
        String late = scene.ledger().inState(run, "pending").stream().map((Document one) -> one.getString("address"))
                .filter(address -> !address.equals(early)).reduce((one, last) -> last).orElseThrow();
        unsubscribe(links.get(late));
        Document erased = scene.ledger().inState(run, "pending").stream()
                .filter(one -> !Set.of(early, late).contains(one.getString("address"))).reduce((one, last) -> last).orElseThrow();
        assertThat(scene.cluster().login(LocalUsers.OPERATOR)
                .exchange("DELETE", "/api/customers/" + erased.getString("customer"), null).statusCode()).isIn(200, 202);
        RunProgress end = second.awaitCompleted(END);

        assertThat(end.json().at("/counts/email/suppressed").asInt()).as("suppressed").isEqualTo(2);
        assertThat(end.json().at("/counts/email/cancelled").asInt()).as("erased in mid-campaign").isEqualTo(1);
        assertThat(second.receivers()).hasSize(scene.sample().email().planned() - 3).doesNotContain(early, late,
                erased.getString("address"));
        assertThat(scene.ledger().inState(run, "cancelled")).singleElement()
                .satisfies(
                        one -> assertThat(one).containsEntry("_id", erased.get("_id")).doesNotContainKeys("address", "customer", "data"));
        assertThat(second.comparison().disagreements()).isEmpty();
    }

    private static void unsubscribe(URI link) throws IOException, InterruptedException {
        HttpResponse<String> answer = HttpClient.newHttpClient().send(HttpRequest.newBuilder(link)
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(HttpRequest.BodyPublishers.ofString("List-Unsubscribe=One-Click")).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as(answer.body()).isEqualTo(200);
    }

    /** By address, as the messages' own headers say. */
    private static Map<String, URI> links(String run) throws IOException {
        Map<String, URI> links = new HashMap<>();
        NdjsonLog.read(Path.of(scene.addresses().get("SMTP_RECORD")), line -> {
            if (line.path("run").asText().equals(run)) {
                links.put(line.get("to").asText().trim().toLowerCase(Locale.ROOT), link(line.get("raw").asText()));
            }
        });
        return links;
    }

    private static URI link(String raw) {
        try {
            MimeMessage mail = new MimeMessage(Session.getInstance(new Properties()),
                    new ByteArrayInputStream(Base64.getDecoder().decode(raw)));
            assertThat(mail.getHeader("List-Unsubscribe-Post", null)).isEqualTo("List-Unsubscribe=One-Click");
            return URI.create(mail.getHeader("List-Unsubscribe", null).replaceAll("[<>]", ""));
        } catch (MessagingException e) {
            throw new IllegalStateException(e);
        }
    }
}
