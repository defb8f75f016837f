package org.campaignrecovery.local.comparison;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

import org.bson.Document;
import org.campaignrecovery.local.mongo.EmbeddedMongo;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

class LedgerComparisonTest {
    private static final String RUN = "c1@t";

    @TempDir
    Path directory;
    private EmbeddedMongo mongo;
    private MongoClient client;
    private MongoDatabase database;
    private final StringBuilder mails = new StringBuilder();
    private final StringBuilder texts = new StringBuilder();
    private int deliveries;

    @BeforeEach
    void start() {
        mongo = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), null);
        client = MongoClients.create(mongo.connectionString());
        database = client.getDatabase("campaigns");
    }

    @AfterEach
    void stop() {
        client.close();
        mongo.close();
    }

    @Test
    void agreesWhenWhatWasSentArrivedOnce() throws Exception {
        delivery("email", "a@x.example", "sent");
        delivery("email", "b@x.example", "in_doubt");
        delivery("email", "c@x.example", "in_doubt");
        delivery("email", "d@x.example", "failed");
        mail("A@x.example ", RUN);
        mail("b@x.example", RUN);
        mail("d@x.example", "another run");
        String id = delivery("sms", "+12075550140", "sent");
        text("+12075550140", "http://api/status?delivery=" + id + "&claim=x");
        text("+12075550140", "http://api/status?delivery=" + "z".repeat(24));
        LedgerComparison comparison = compare();
        assertThat(comparison.disagreements()).isEmpty();
        ChannelComparison email = comparison.email();
        assertThat(email.planned()).isEqualTo(4);
        assertThat(Map.of("sent", email.sent(), "doubt", email.inDoubt(), "failed", email.failed(), "received", email.received(), "twice",
                email.receivedTwice(), "lucky", email.doubtfulReceived()))
                .isEqualTo(Map.of("sent", 1, "doubt", 2, "failed", 1, "received", 2, "twice", 0, "lucky", 1));
        assertThat(comparison.sms().received()).isEqualTo(1);
    }

    @Test
    void namesEveryAddressWithAContradiction() throws Exception {
        delivery("email", "lost@x.example", "sent");
        delivery("email", "twice@x.example", "sent");
        delivery("email", "early@x.example", "pending");
        mail("twice@x.example", RUN);
        mail("twice@x.example", RUN);
        mail("early@x.example", RUN);
        mail("stranger@x.example", RUN);
        LedgerComparison comparison = compare();
        assertThat(comparison.disagreements()).containsExactlyInAnyOrder("lost@x.example is sent in the ledger and received 0",
                "twice@x.example is sent in the ledger and received 2", "early@x.example is pending in the ledger and received 1",
                "stranger@x.example is not in the ledger and received 1");
        assertThat(comparison.email().receivedTwice()).isEqualTo(1);
    }

    private String delivery(String channel, String address, String state) {
        String id = String.format("delivery-number-%08d", deliveries++);
        database.getCollection("deliveries")
                .insertOne(new Document("_id", id).append("run", RUN).append("channel", channel).append("address", address).append("state",
                        state));
        return id;
    }

    private void mail(String to, String run) {
        mails.append(new Document("to", to).append("run", run).toJson()).append('\n');
    }

    private void text(String to, String callback) {
        texts.append(new Document("to", to).append("statusCallback", callback).toJson()).append('\n');
    }

    private LedgerComparison compare() throws Exception {
        Path smtp = Files.writeString(directory.resolve("smtp.ndjson"), mails);
        Path sms = Files.writeString(directory.resolve("sms.ndjson"), texts);
        return LedgerComparison.of(database, RUN, smtp, sms);
    }
}
