package org.campaignrecovery.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.DataInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Random;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.chaos.report.Timeline;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class CuttingProxyTest {
    private final BlockingQueue<String> carriedOut = new LinkedBlockingQueue<>();
    private ServerSocket server;
    private CuttingProxy proxy;

    @BeforeEach
    void start() throws IOException {
        server = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        Thread echo = new Thread(this::serve, "server");
        echo.setDaemon(true);
        echo.start();
        proxy = new CuttingProxy(new InetSocketAddress(server.getInetAddress(), server.getLocalPort()), new Random(1), new Timeline());
    }

    @AfterEach
    void stop() throws IOException {
        proxy.close();
        server.close();
    }

    @Test
    void passesEverythingOnUntilItIsTold() throws Exception {
        try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
            for (int n = 0; n < 50; n++) {
                assertThat(ask(client, "update\0 " + n)).isEqualTo("update\0 " + n);
            }
        }
    }

    @Test
    void aWriteIsCarriedOutAndItsAnswerLost() throws Exception {
        proxy.cut(1);
        int lost = 0;
        for (int n = 0; n < 500 && lost == 0; n++) {
            try (Socket client = new Socket(InetAddress.getLoopbackAddress(), proxy.port())) {
                assertThat(ask(client, "find\0 " + n)).isEqualTo("find\0 " + n);
                carriedOut.clear();
                if (ask(client, "update\0 " + n) == null) {
                    lost++;
                    assertThat(carriedOut.poll(10, TimeUnit.SECONDS)).isEqualTo("update\0 " + n);
                }
            }
        }
        assertThat(lost).as("answers lost").isEqualTo(1);
    }

    /** Null when the connection ends instead. */
    private static String ask(Socket client, String request) throws IOException {
        byte[] text = request.getBytes(StandardCharsets.UTF_8);
        client.getOutputStream().write(ByteBuffer.allocate(4 + text.length).order(ByteOrder.LITTLE_ENDIAN).putInt(4 + text.length).put(text)
                .array());
        byte[] answer = client.getInputStream().readNBytes(4 + text.length);
        return answer.length < 4 + text.length ? null : new String(answer, 4, text.length, StandardCharsets.UTF_8);
    }

    /** Notes each message and sends it back. */
    private void serve() {
        while (!server.isClosed()) {
            try {
                Socket connection = server.accept();
                Thread thread = new Thread(() -> echo(connection), "echo");
                thread.setDaemon(true);
                thread.start();
            } catch (IOException e) {
                return;
            }
        }
    }

    private void echo(Socket connection) {
        try (connection) {
            DataInputStream in = new DataInputStream(connection.getInputStream());
            while (true) {
                byte[] header = in.readNBytes(4);
                if (header.length < 4) {
                    return;
                }
                int length = ByteBuffer.wrap(header).order(ByteOrder.LITTLE_ENDIAN).getInt();
                byte[] text = in.readNBytes(length - 4);
                carriedOut.add(new String(text, StandardCharsets.UTF_8));
                connection.getOutputStream()
                        .write(ByteBuffer.allocate(length).order(ByteOrder.LITTLE_ENDIAN).putInt(length).put(text).array());
            }
        } catch (IOException e) {
            // The proxy has cut it.
        }
    }
}
