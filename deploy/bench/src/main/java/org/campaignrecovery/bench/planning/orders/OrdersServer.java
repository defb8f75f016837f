package org.campaignrecovery.bench.planning.orders;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import de.bwaldvogel.mongo.MongoServer;

/** A read-only server of MongoDB's protocol in this JVM, on a free port of loopback, whose orders are made while they are read. */
public final class OrdersServer implements AutoCloseable {
    private final MongoServer server;

    private OrdersServer(MongoServer server) {
        this.server = server;
    }

    public static OrdersServer start(MadeUpCustomers customers) {
        MongoServer server = new MongoServer(new OrdersBackend(customers));
        server.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        return new OrdersServer(server);
    }

    /** {@code mongodb://host:port}. */
    public String connectionString() {
        return "mongodb://127.0.0.1:" + server.getLocalAddress().getPort();
    }

    @Override
    public void close() {
        server.shutdownNow();
    }
}
