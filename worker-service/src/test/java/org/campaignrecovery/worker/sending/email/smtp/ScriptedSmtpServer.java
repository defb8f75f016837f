package org.campaignrecovery.worker.sending.email.smtp;

import static java.nio.charset.StandardCharsets.US_ASCII;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** An SMTP server that does what a test tells it to at any step, and is ordinary otherwise. */
public final class ScriptedSmtpServer implements AutoCloseable {
    /** Instead of an answer: the ordinary one. */
    public static final String USUAL = "usual";
    /** Instead of an answer: the connection is closed. */
    public static final String CLOSE = "close";
    /** At the end of an answer: the connection is closed with it. */
    public static final String LAST_WORDS = ", and good-bye";
    /** Instead of an answer: silence, until the server is closed. */
    public static final String HANG = "hang";

    public enum Step {
        GREETING,
        EHLO,
        AUTH,
        MAIL,
        RCPT,
        DATA,
        /** 354 is sent, and nothing read yet. Nothing is answered here. */
        GO_AHEAD,
        /** A line of the message is read. Nothing is answered here. */
        BODY,
        DOT,
        QUIT
    }

    /** What happens at a step. */
    public interface Deed {
        /** @return the answer, or one of {@link #USUAL}, {@link #CLOSE}, {@link #HANG} */
        String at(Step step);

        static Deed at(Step told, String answer) {
            return step -> step == told ? answer : USUAL;
        }
    }

    private final ServerSocket server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch closed = new CountDownLatch(1);
    private final boolean pipelining;
    private final List<String> accepted = new CopyOnWriteArrayList<>();
    private final List<Socket> connections = new CopyOnWriteArrayList<>();
    private volatile Deed deed;

    /** An ordinary one, which offers AUTH PLAIN. */
    public ScriptedSmtpServer() {
        this(false, step -> USUAL);
    }

    public ScriptedSmtpServer(boolean pipelining, Deed deed) {
        this.pipelining = pipelining;
        this.deed = deed;
        try {
            this.server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        threads.submit(this::listen);
    }

    public int port() {
        return server.getLocalPort();
    }

    /** From now on. */
    public void does(Deed next) {
        deed = next;
    }

    /** The messages that were read to their final dot, whatever was answered to it. */
    public List<String> accepted() {
        return accepted;
    }

    List<Socket> connections() {
        return connections;
    }

    private Void listen() throws IOException {
        while (!server.isClosed()) {
            Socket socket = server.accept();
            connections.add(socket);
            threads.submit(() -> serve(socket));
        }
        return null;
    }

    private Void serve(Socket socket) throws IOException, InterruptedException {
        try (socket; BufferedReader in = new BufferedReader(new InputStreamReader(socket.getInputStream(), US_ASCII))) {
            boolean open = answer(socket, Step.GREETING, "220 here");
            for (String line = open ? in.readLine() : null; open && line != null; line = open ? in.readLine() : null) {
                Step step = Step.valueOf(line.split("[ :]")[0].toUpperCase(Locale.ROOT));
                open = switch (step) {
                    case EHLO -> answer(socket, step, "250-hello\r\n" + (pipelining ? "250-PIPELINING\r\n" : "") + "250 AUTH PLAIN");
                    case AUTH -> answer(socket, step, "235 welcome");
                    case DATA -> answer(socket, step, "354 go on") && (deed.at(step) != USUAL || message(socket, in));
                    case QUIT -> false;
                    default -> answer(socket, step, "250 ok");
                };
            }
        }
        return null;
    }

    private boolean message(Socket socket, BufferedReader in) throws IOException, InterruptedException {
        if (!goesOn(Step.GO_AHEAD)) {
            return false;
        }
        String first = in.readLine();
        if (first == null || !goesOn(Step.BODY)) {
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

    private boolean goesOn(Step step) throws InterruptedException {
        String told = deed.at(step);
        if (told.equals(HANG)) {
            closed.await();
        }
        return told.equals(USUAL);
    }

    private boolean answer(Socket socket, Step step, String usual) throws IOException, InterruptedException {
        String told = deed.at(step);
        if (told.equals(HANG)) {
            closed.await();
        }
        if (told.equals(HANG) || told.equals(CLOSE)) {
            return false;
        }
        socket.getOutputStream().write(((told.equals(USUAL) ? usual : told) + "\r\n").getBytes(US_ASCII));
        return !told.endsWith(LAST_WORDS);
    }

    @Override
    public void close() throws IOException {
        closed.countDown();
        server.close();
        for (Socket socket : connections) {
            socket.close();
        }
        threads.shutdownNow();
    }
}
