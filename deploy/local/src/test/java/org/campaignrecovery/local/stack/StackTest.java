package org.campaignrecovery.local.stack;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.bson.Document;
import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.mongodb.client.MongoClients;

class StackTest {
    private static final Map<String, String> FREE_PORTS = Map.of("STACK_MONGO_PORT", "0", "STACK_KAFKA_PORT", "0", "STACK_SMTP_PORT", "0",
            "STACK_TWILIO_PORT", "0");

    @TempDir
    Path directory;

    @Test
    void startsAllPartsAndWritesTheirAddressesTwiceTheSame() throws Exception {
        StackSettings settings = settings(FREE_PORTS);
        Map<String, String> first;
        try (Stack stack = Stack.start(settings)) {
            first = stack.addresses();
            assertThat(first).containsKeys("MONGO_URI", "CAMPAIGN_MONGO_URI", "KAFKA_BOOTSTRAP_SERVERS", "SMTP_HOST", "SMTP_PORT",
                    "MAIL_FROM",
                    "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_FROM", "TWILIO_API_BASE", "SMTP_RECORD", "SMS_RECORD");
            assertThat(EnvFile.read(new LocalDirectory(directory).stackEnv())).isEqualTo(first);
            assertThat(Files.getPosixFilePermissions(new LocalDirectory(directory).stackEnv())).hasSize(2);
            try (var client = MongoClients.create(first.get("MONGO_URI"))) {
                client.getDatabase("db").getCollection("c").insertOne(new Document("_id", 1));
            }
        }
        try (Stack stack = Stack.start(settings); var client = MongoClients.create(first.get("MONGO_URI"))) {
            assertThat(stack.addresses()).isEqualTo(first);
            assertThat(client.getDatabase("db").getCollection("c").countDocuments()).isEqualTo(1);
        }
    }

    @Test
    void whatIsGivenIsPassedOnAndNotStarted() {
        StackSettings settings = settings(Map.of("MONGO_URI", "mongodb://db.example", "KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9092",
                "SMTP_HOST", "mail.example", "SMTP_PORT", "587", "TWILIO_API_BASE", "http://sms.example"));
        try (Stack stack = Stack.start(settings)) {
            assertThat(stack.addresses()).containsEntry("MONGO_URI", "mongodb://db.example")
                    .containsEntry("CAMPAIGN_MONGO_URI", "mongodb://db.example")
                    .containsEntry("KAFKA_BOOTSTRAP_SERVERS", "kafka.example:9092")
                    .containsEntry("SMTP_PORT", "587").containsEntry("TWILIO_API_BASE", "http://sms.example")
                    .doesNotContainKeys("SMTP_RECORD", "SMS_RECORD");
        }
    }

    @Test
    void aTakenPortIsNamedTogetherWithItsVariable() throws Exception {
        try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            Map<String, String> environment = new HashMap<>(FREE_PORTS);
            environment.put("STACK_KAFKA_PORT", String.valueOf(other.getLocalPort()));
            assertThatThrownBy(() -> Stack.start(settings(environment))).isInstanceOf(StackException.class)
                    .hasMessageContaining("Port " + other.getLocalPort() + " for Kafka is taken").hasMessageContaining("STACK_KAFKA_PORT");
        }
    }

    private StackSettings settings(Map<String, String> environment) {
        return new StackSettings(new LocalDirectory(directory), environment);
    }
}
