package org.campaignrecovery.systemtests;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.function.Function;

import org.campaignrecovery.local.kafka.EmbeddedKafka;
import org.campaignrecovery.local.mongo.EmbeddedMongo;
import org.campaignrecovery.local.ports.Ports;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;

/** MongoDB and Kafka in this JVM, at addresses of their own: they go away and come back with what they had. */
final class Servers {
    private final int mongoPort = Ports.free();
    private final int kafkaPort = Ports.free();
    private EmbeddedMongo mongo;
    private EmbeddedKafka kafka;

    /** The scene's services look for them here, and the scene starts none of its own. */
    Scene of(Scene scene) {
        return scene.startedByTheTest().withEnvironment("MONGO_URI", "mongodb://127.0.0.1:" + mongoPort)
                .withEnvironment("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + kafkaPort);
    }

    int mongoPort() {
        return mongoPort;
    }

    int kafkaPort() {
        return kafkaPort;
    }

    void startMongo(Scene scene) {
        mongo = EmbeddedMongo.start(loopback(mongoPort), ledger(scene));
    }

    void startKafka(Scene scene) {
        kafka = EmbeddedKafka.start(kafkaPort, scene.cluster().directory().data("kafka"));
    }

    void stopMongo() {
        if (mongo != null) {
            mongo.close();
            mongo = null;
        }
    }

    void stopKafka() {
        if (kafka != null) {
            kafka.close();
            kafka = null;
        }
    }

    void stop() {
        stopKafka();
        stopMongo();
    }

    /** What MongoDB had acknowledged when it went away, while it is away: its file, where no service looks for it. */
    <T> T leftBehind(Scene scene, String database, Function<Ledger, T> look) {
        try (EmbeddedMongo aside = EmbeddedMongo.start(loopback(0), ledger(scene));
                MongoClient client = MongoClients.create(aside.connectionString())) {
            return look.apply(new Ledger(client.getDatabase(database)));
        }
    }

    private static Path ledger(Scene scene) {
        return scene.cluster().directory().data("mongo.mv");
    }

    private static InetSocketAddress loopback(int port) {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }
}
