package org.campaignrecovery.chaos.stage;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;

import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.local.processes.Poll;

/**
 * Stands between a worker and the ledger's server. Told to cut, it ends the worker's connection when a request that writes has come, and passes
 * that request on all the same: at once or so late that the worker has gone on, so that a write is done which nobody learns of.
 */
public final class CuttingProxy implements AutoCloseable {
    private static final int HEADER = 4;
    private static final int LONGEST = 64 * 1024 * 1024;
    private static final int NAMES_WITHIN = 64;
    private static final List<String> WRITES = List.of("update\0", "insert\0", "findAndModify\0");
    /** Not each request in a row: between two cuts the worker is to go on. */
    private static final int ONE_IN = 20;
    private static final int LATEST_MILLIS = 2_000;

    private final ServerSocket listener;
    private final InetSocketAddress server;
    private final Random random;
    private final Timeline timeline;
    private final AtomicInteger cutsLeft = new AtomicInteger();
    private volatile boolean closed;

    CuttingProxy(InetSocketAddress server, Random random, Timeline timeline) {
        this.server = server;
        this.random = random;
        this.timeline = timeline;
        try {
            this.listener = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        daemon("proxy", this::listen);
    }

    int port() {
        return listener.getLocalPort();
    }

    /** So many more answers to requests that write are lost. */
    public void cut(int times) {
        cutsLeft.addAndGet(times);
    }

    private void listen() {
        while (!closed) {
            try {
                Socket client = listener.accept();
                daemon("proxied", () -> serve(client));
            } catch (IOException e) {
                return;
            }
        }
    }

    private void serve(Socket client) {
        try (client; Socket upstream = new Socket()) {
            upstream.connect(server, 2_000);
            upstream.setTcpNoDelay(true);
            client.setTcpNoDelay(true);
            Thread answers = daemon("answers", () -> pump(upstream, client));
            requests(client, upstream);
            answers.interrupt();
        } catch (IOException e) {
            // One of both has gone: closing the other is all there is to do.
        }
    }

    private void requests(Socket client, Socket upstream) throws IOException {
        DataInputStream in = new DataInputStream(client.getInputStream());
        OutputStream out = upstream.getOutputStream();
        while (true) {
            byte[] request = message(in);
            boolean cut = writes(request) && wanted();
            if (cut) {
                client.shutdownOutput();
                timeline.note("an answer of the ledger is lost");
                dawdle();
            }
            out.write(request);
            out.flush();
            if (cut) {
                dawdle();
                return;
            }
        }
    }

    /** Nothing, or up to {@link #LATEST_MILLIS}. */
    private void dawdle() {
        if (random.nextBoolean()) {
            Poll.until(Duration.ofMillis(random.nextInt(LATEST_MILLIS)), () -> closed);
        }
    }

    private boolean wanted() {
        return cutsLeft.get() > 0 && random.nextInt(ONE_IN) == 0 && cutsLeft.getAndDecrement() > 0;
    }

    /** A message of MongoDB's wire protocol begins with its length, lowest byte first. */
    private static byte[] message(DataInputStream in) throws IOException {
        byte[] header = new byte[HEADER];
        in.readFully(header);
        int length = header[0] & 0xff | (header[1] & 0xff) << 8 | (header[2] & 0xff) << 16 | (header[3] & 0xff) << 24;
        if (length < HEADER || length > LONGEST) {
            throw new IOException("a message of " + length + " bytes");
        }
        byte[] message = new byte[length];
        System.arraycopy(header, 0, message, 0, HEADER);
        in.readFully(message, HEADER, length - HEADER);
        return message;
    }

    private static boolean writes(byte[] request) {
        String start = new String(request, 0, Math.min(request.length, NAMES_WITHIN), StandardCharsets.ISO_8859_1);
        return WRITES.stream().anyMatch(start::contains);
    }

    private static void pump(Socket from, Socket to) {
        try (to) {
            InputStream in = from.getInputStream();
            in.transferTo(to.getOutputStream());
        } catch (IOException e) {
            // The connection was cut, by us or by either end.
        }
    }

    private static Thread daemon(String name, Runnable work) {
        Thread thread = new Thread(work, name);
        thread.setDaemon(true);
        thread.start();
        return thread;
    }

    @Override
    public void close() {
        closed = true;
        try {
            listener.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
