package org.campaignrecovery.worker.sending.email;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Properties;

import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;

import org.campaignrecovery.local.smtp.RecordingSmtpServer;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.campaignrecovery.model.consent.Unsubscription;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.consent.MessageLinks;
import org.campaignrecovery.worker.sending.SenderSettings;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.json.JsonObject;

/** What arrives is what was written, parsed by another library than the one that sent it. */
class EmailMessageTest {
    private static final String SUBJECT = "Grüße, {{name}} – 50 % für Sie 🎉";
    private static final String HTML = "<p>Schöne Grüße, {{name}}</p>";
    private static final String TEXT = "Schöne Grüße, {{name}}";
    private static final String ID = "Zm9vYmFyYmF6cXV4MTIzNDU2";

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private RecordingSmtpServer server;

    @BeforeEach
    void start() {
        server = RecordingSmtpServer.start(RecordingSmtpServer.Settings.recordingTo(record()));
    }

    @AfterEach
    void stop() {
        server.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void carriesTextAndHtmlAsAlternatives() throws Exception {
        MimeMessage mail = send(new EmailContent(SUBJECT, HTML, TEXT, "Käthes Laden"), "Ada Ünsal");
        assertThat(mail.getSubject()).isEqualTo("Grüße, Ada Ünsal – 50 % für Sie 🎉");
        assertThat(mail.getContentType()).startsWith("multipart/alternative");
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(parts.getCount()).isEqualTo(2);
        assertThat(parts.getBodyPart(0).isMimeType("text/plain")).isTrue();
        assertThat(text(parts.getBodyPart(0).getContent()).strip()).isEqualTo("Schöne Grüße, Ada Ünsal");
        assertThat(parts.getBodyPart(1).isMimeType("text/html")).isTrue();
        assertThat(text(parts.getBodyPart(1).getContent()).strip()).isEqualTo("<p>Schöne Grüße, Ada Ünsal</p>");
    }

    @Test
    void saysWhatItIs() throws Exception {
        MimeMessage mail = send(new EmailContent(SUBJECT, HTML, TEXT, "Shop"), "Ada");
        assertThat(mail.getHeader("Message-ID")).containsExactly("<" + ID + "@shop.example>");
        assertThat(mail.getHeader("X-Campaign-Run")).containsExactly("c@2026-11-23T10:00:00Z");
        assertThat(mail.getHeader("X-Delivery-Id")).containsExactly(ID);
        assertThat(mail.getHeader("Date")).hasSize(1);
        assertThat(mail.getRecipients(MimeMessage.RecipientType.TO)).extracting(Object::toString).containsExactly("ada@x.org");
    }

    @Test
    void aSecondCopyHasTheSameMessageId() throws Exception {
        String first = send(new EmailContent(SUBJECT, HTML, TEXT, "Shop"), "Ada").getMessageID();
        assertThat(send(new EmailContent("other", HTML, null, "Other"), "Eve").getMessageID()).isEqualTo(first);
    }

    @ParameterizedTest
    @ValueSource(strings = {"The Shop", "Shop 🎉", "Käthes Lädchen", "Acme, Inc.", "Tom & Jerry", "Ada \"the\" Countess", "a@b", "店",
            "semi;colon: x",
            "A very long name of a shop that goes on and on until a header line would be longer than it may be - für alle"})
    void theSendersNameSurvives(String name) throws Exception {
        InternetAddress from = (InternetAddress) send(new EmailContent(SUBJECT, HTML, TEXT, name), "Ada").getFrom()[0];
        assertThat(from.getAddress()).isEqualTo("campaigns@shop.example");
        assertThat(from.getPersonal()).isEqualTo(name);
    }

    @ParameterizedTest
    @ValueSource(strings = {".", "..", "a line\n.\nMAIL FROM:<eve@x.org>\n..two\n.three", "\n.\n", "= equals =3D =\n"})
    void dotsAtTheBeginningOfLinesStay(String text) throws Exception {
        assertThat(text(single(text).getContent()).strip()).isEqualTo(text.strip());
    }

    @Test
    void longLinesArriveWholeAndAreShortOnTheWire() throws Exception {
        String line = "Grüße ".repeat(1_000).strip();
        assertThat(text(single(line).getContent()).strip()).isEqualTo(line);
        assertThat(raw().lines()).allMatch(wire -> wire.length() <= 998);
    }

    @Test
    void aLongSubjectArrivesWhole() throws Exception {
        String subject = "Grüße aus dem Laden ".repeat(20).strip();
        assertThat(send(new EmailContent(subject, HTML, TEXT, "Shop"), "Ada").getSubject()).isEqualTo(subject);
    }

    @ParameterizedTest
    @ValueSource(strings = {"o'brien@x.org", "a+b=c@x.org", "!#$%&'*+-/=?^_`{|}~@x.org", "a.b@xn--mller-kva.example"})
    void reachesEveryAddressThatIsOne(String address) throws Exception {
        assertThat(deliver(address, new EmailContent(SUBJECT, HTML, TEXT, "Shop"), "Ada")).isInstanceOf(Outcome.Accepted.class);
        assertThat(last().getString("to")).isEqualTo(address);
    }

    @Test
    void aLineBreakInACustomersNameAddsNoHeader() throws Exception {
        MimeMessage mail = send(new EmailContent("Hi {{name}}", HTML, TEXT, "Shop"), "Eve\r\nBcc: victim@x.org");
        assertThat(mail.getHeader("Bcc")).isNull();
        assertThat(mail.getSubject()).contains("Eve");
    }

    /** RFC 8058: both headers, and what they name is what the message shows. */
    @Test
    void carriesItsLinkToUnsubscribe() throws Exception {
        UnsubscribeLinks sealing = new UnsubscribeLinks(new byte[UnsubscribeLinks.KEY_BYTES]);
        String address = "a-rather-long-name-of-somebody-who-likes-to-write@a-rather-long-name-of-a-company-that-likes-to-read.example.org";
        MessageLinks links = MessageLinks.at("https://news.example.org/campaigns", sealing, "Abbestellen & weg");
        assertThat(deliver(address, new EmailContent(SUBJECT, HTML, TEXT, "Shop"), "Ada", links)).isInstanceOf(Outcome.Accepted.class);
        MimeMessage mail = parsed();
        assertThat(mail.getHeader("List-Unsubscribe-Post")).containsExactly("List-Unsubscribe=One-Click");
        String header = mail.getHeader("List-Unsubscribe", null);
        assertThat(header).matches("<https://news.example.org/campaigns/unsubscribe/[\\w-]+>");
        String url = header.substring(1, header.length() - 1);
        assertThat(sealing.open(url.substring(url.lastIndexOf('/') + 1)))
                .contains(new Unsubscription(Channel.EMAIL, address, "c@2026-11-23T10:00:00Z"));
        MimeMultipart parts = (MimeMultipart) mail.getContent();
        assertThat(text(parts.getBodyPart(0).getContent())).contains("Abbestellen & weg: " + url);
        assertThat(text(parts.getBodyPart(1).getContent())).contains("<a href=\"" + url + "\">Abbestellen &amp; weg</a>");
    }

    @Test
    void carriesNoneWhereTheWorldCannotReachUs() throws Exception {
        assertThat(send(new EmailContent(SUBJECT, HTML, TEXT, "Shop"), "Ada").getHeader("List-Unsubscribe")).isNull();
    }

    private MimeMessage single(String text) throws Exception {
        return send(new EmailContent(SUBJECT, null, "{{name}}", "Shop"), text);
    }

    private MimeMessage send(EmailContent content, String name) throws Exception {
        assertThat(deliver("ada@x.org", content, name)).isInstanceOf(Outcome.Accepted.class);
        return parsed();
    }

    private MimeMessage parsed() throws Exception {
        return new MimeMessage(Session.getInstance(new Properties()),
                new ByteArrayInputStream(Base64.getDecoder().decode(last().getString("raw"))));
    }

    private Outcome deliver(String address, EmailContent content, String name) throws Exception {
        return deliver(address, content, name, MessageLinks.NONE);
    }

    private Outcome deliver(String address, EmailContent content, String name, MessageLinks links) throws Exception {
        Map<String, String> settings = Map.of("campaign.smtp.host", server.host(), "campaign.smtp.port", String.valueOf(server.port()),
                "campaign.smtp.tls", "off", "campaign.smtp.from", "campaigns@shop.example");
        EmailConfig smtp = SenderSettings.of(EmailConfig.class, settings);
        SendingConfig sending = SenderSettings.of(SendingConfig.class, settings);
        EmailSender sender = new EmailSender(vertx, smtp, sending, new MimeMessages(smtp),
                new SmtpOutcomes(SenderSettings.retries(settings)));
        return sender.prepare(SenderSettings.run(content, links), SenderSettings.delivery(Channel.EMAIL, address, Map.of("name", name)))
                .send(() -> Uni.createFrom().item(true), SenderSettings.CLAIM, new Try(1, null)).await().atMost(Duration.ofSeconds(15))
                .outcome();
    }

    private String raw() throws Exception {
        return new String(Base64.getDecoder().decode(last().getString("raw")), StandardCharsets.ISO_8859_1);
    }

    private JsonObject last() throws Exception {
        List<String> lines = Files.readAllLines(record());
        return new JsonObject(lines.get(lines.size() - 1));
    }

    private Path record() {
        return directory.resolve("smtp.ndjson");
    }

    private static String text(Object content) {
        return content.toString().replace("\r\n", "\n");
    }
}
