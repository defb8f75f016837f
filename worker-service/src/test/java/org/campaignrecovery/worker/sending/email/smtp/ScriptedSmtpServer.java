package org.campaignrecovery.worker.sending.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An SMTP server that does what a test tells it to at one step, and is ordinary otherwise. */
final class ScriptedSmtpServer implements AutoCloseable {

    enum Step {
        GREETING,
        EHLO,
        MAIL,
        RCPT,
        DATA,
        BODY,
        DOT
    }

    /** What happens at a step instead of the ordinary answer. */
    interface Deed {
        /** @return the answer, or null to close the connection; may wait to hang */
        String at(Step step);
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Deed deed;
    private final boolean pipelining;
    final List<String> accepted = new CopyOnWriteArrayList<>();
    final List<Socket> connections = new CopyOnWriteArrayList<>();

    ScriptedSmtpServer(boolean pipelining, Deed deed) throws IOException {
        this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        this.pipelining = pipelining;
        this.deed = deed;
        threads.submit(this::listen);
    }

    int port() {
        return server.getLocalPort();
    }

    private Void listen() throws IOException {
        while (!server.isClosed()) {
            Socket socket = server.accept();
            connections.add(socket);
            threads.submit(() -> serve(socket));
        }
        return null;
    }

    private Void serve(Socket socket) throws IOException {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            if (!answer(socket, Step.GREETING, "220 here")) {
                return null;
            }
            for (String line = in.readLine(); line != null; line = in.readLine()) {
                Step step = Step.valueOf(line.split("[ :]")[0].toUpperCase(java.util.Locale.ROOT));
                String usual = step == Step.EHLO
                        ? pipelining ? "250-hello\r\n250 PIPELINING" : "250 hello"
                        : step == Step.DATA ? "354 go on" : "250 ok";
                if (!answer(socket, step, usual) || step == Step.DATA && !message(socket, in)) {
                    return null;
                }
            }
        }
        return null;
    }

    private boolean message(Socket socket, BufferedReader in) throws IOException {
        String first = in.readLine();
        if (first == null || !"".equals(orElse(Step.BODY, ""))) {
            return false;
        }
        StringBuilder text = new StringBuilder(first).append('\n');
        for (String line = in.readLine(); !".".equals(line); line = in.readLine()) {
            if (line == null) {
                return false;
            }
            text.append(line.startsWith("..") ? line.substring(1) : line).append('\n');
        }
        accepted.add(text.toString());
        return answer(socket, Step.DOT, "250 taken");
    }

    private boolean answer(Socket socket, Step step, String usual) throws IOException {
        String answer = orElse(step, usual);
        if (answer == null) {
            return false;
        }
        socket.getOutputStream().write((answer + "\r\n").getBytes(US_ASCII));
        return true;
    }

    private String orElse(Step step, String usual) {
        String told = deed.at(step);
        return "usual".equals(told) ? usual : told;
    }

    @Override
    public void close() throws IOException {
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
