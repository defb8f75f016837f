package org.campaignrecovery.local.mongo;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;

import org.bson.Document;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoCollection;

/** A server on a free port and a client of it. */
final class ServerUnderTest implements AutoCloseable {

    final EmbeddedMongo server;
    final MongoClient client;

    ServerUnderTest(Path file) {
        server = EmbeddedMongo.start(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), file);
        client = MongoClients.create(server.connectionString() + "/?w=majority&journal=true&readConcernLevel=majority");
    }

    MongoCollection<Document> collection(String name) {
        return client.getDatabase("test").getCollection(name);
    }

    @Override
    public void close() {
        client.close();
        server.close();
    }
}
