package org.campaignrecovery.local.processes;

import java.net.InetAddress;
import java.net.InetSocketAddress;

import com.sun.net.httpserver.HttpServer;

/** A program to start and stop: it is ready on the port that PORT names, or fails when there is none. */
final class Sleeper {
    private Sleeper() {
    }

    public static void main(String[] arguments) throws Exception {
        System.out.println("hello from " + ProcessHandle.current().pid());
        if (System.getenv("PORT") == null) {
            System.out.println("no PORT, no work");
            System.exit(3);
        }
        var address = new InetSocketAddress(InetAddress.getLoopbackAddress(), Integer.parseInt(System.getenv("PORT")));
        HttpServer server = HttpServer.create(address, 0);
        server.createContext("/q/health/ready", exchange -> {
            exchange.sendResponseHeaders(200, -1);
            exchange.close();
        });
        server.start();
    }
}
