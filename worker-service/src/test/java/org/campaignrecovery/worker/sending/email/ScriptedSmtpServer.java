package org.campaignrecovery.worker.sending.email;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

/** An SMTP server that answers as it was told: to {@code CONNECT}, a command's name, or {@code .}, the end of a message. */
final class ScriptedSmtpServer implements AutoCloseable {
    static final String CLOSE = "close the connection";
    static final String HANG = "never answer";

    final AtomicInteger accepted = new AtomicInteger();
    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final List<Socket> sockets = new CopyOnWriteArrayList<>();
    private volatile Map<String, String> script = Map.of();

    ScriptedSmtpServer() {
        try {
            server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.execute(this::accept);
    }

    int port() {
        return server.getLocalPort();
    }

    void answer(Map<String, String> replies) {
        script = new HashMap<>(replies);
    }

    private void accept() {
        while (!server.isClosed()) {
            try {
                Socket socket = server.accept();
                sockets.add(socket);
                threads.execute(() -> serve(socket));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket socket) {
        try (socket; var in = new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.ISO_8859_1))) {
            boolean open = reply(socket, "CONNECT", "220 ready");
            for (String line = in.readLine(); open && line != null; line = in.readLine()) {
                String command = line.split(" ")[0].toUpperCase(Locale.ROOT);
                open = switch (command) {
                    case "EHLO" -> reply(socket, command, "250-hello\r\n250 AUTH PLAIN");
                    case "DATA" -> reply(socket, command, "354 go on") && (script.containsKey("DATA") || message(in, socket));
                    case "AUTH" -> reply(socket, command, "235 welcome");
                    case "QUIT" -> false;
                    default -> reply(socket, command, "250 ok");
                };
            }
        } catch (IOException e) {
            // the client has gone
        }
    }

    private boolean message(BufferedReader in, Socket socket) throws IOException {
        for (String line = in.readLine(); line != null; line = in.readLine()) {
            if (line.equals(".")) {
                accepted.incrementAndGet();
                return reply(socket, ".", "250 taken");
            }
        }
        return false;
    }

    private boolean reply(Socket socket, String command, String usual) throws IOException {
        String reply = script.getOrDefault(command, usual);
        if (reply.equals(CLOSE)) {
            return false;
        }
        if (!reply.equals(HANG)) {
            socket.getOutputStream().write((reply + "\r\n").getBytes(StandardCharsets.ISO_8859_1));
            socket.getOutputStream().flush();
        }
        return true;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : sockets) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
