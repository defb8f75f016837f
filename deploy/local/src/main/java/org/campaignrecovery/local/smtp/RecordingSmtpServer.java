package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.record.NdjsonLog;
import org.subethamail.smtp.server.SMTPServer;
import org.subethamail.smtp.server.Session;

/**
 * An SMTP server on loopback that accepts everything, its faults aside, and appends what it accepted to a file before it answers the final
 * dot.
 *
 * <p>One line of JSON for each envelope recipient: {@code at} (RFC 3339), {@code from}, {@code to}, {@code messageId}, {@code run}
 * (X-Campaign-Run), {@code delivery} (X-Delivery-Id), {@code subject}, {@code bytes} and, where raw messages are kept, {@code raw}
 * (base64 of the source).
 */
public final class RecordingSmtpServer implements AutoCloseable {
    private static final int MAX_CONNECTIONS = 2_000;
    private static final int MAX_MESSAGE_BYTES = 50 * 1024 * 1024;
    private static final int IDLE_MINUTES = 10;

    private final SMTPServer server;
    private final NdjsonLog log;

    private RecordingSmtpServer(SMTPServer server, NdjsonLog log) {
        this.server = server;
        this.log = log;
    }

    /** What may be chosen. {@code delay} passes between the record and the 250, as a distant server takes its time. */
    public record Settings(int port, Path record, boolean keepRaw, Duration delay, FaultInjector faults) {

        /** Without faults. */
        public Settings(int port, Path record, boolean keepRaw, Duration delay) {
            this(port, record, keepRaw, delay, FaultInjector.none());
        }

        /** A free port, raw messages kept, no delay. */
        public static Settings recordingTo(Path record) {
            return new Settings(0, record, true, Duration.ZERO);
        }
    }

    public static RecordingSmtpServer start(Settings settings) {
        try {
            NdjsonLog log = NdjsonLog.open(settings.record());
            MailRecorder recorder = new MailRecorder(log, settings.keepRaw(), Clock.systemUTC());
            SMTPServer server = SMTPServer.port(settings.port()).bindAddress(InetAddress.getLoopbackAddress()).hostName("localhost")
                    .softwareName("recorder").backlog(MAX_CONNECTIONS).maxConnections(MAX_CONNECTIONS).maxMessageSize(MAX_MESSAGE_BYTES)
                    .insertReceivedHeaders(false)
                    .connectionTimeout(IDLE_MINUTES, TimeUnit.MINUTES).serverSocketFactory(PromptServerSocket::new)
                    .sessionHandler(new FaultyDoor(settings.faults()))
                    .messageHandlerFactory(
                            context -> new RecordingHandler(recorder, settings.delay(),
                                    new FaultySession((Session) context, settings.faults())))
                    .build();
            server.getCommandHandler().addCommand(new PipeliningHello());
            server.start();
            return new RecordingSmtpServer(server, log);
        } catch (IOException e) {
            throw new UncheckedIOException("The record of received mail cannot be written: " + settings.record(), e);
        }
    }

    public String host() {
        return InetAddress.getLoopbackAddress().getHostAddress();
    }

    public int port() {
        return server.getPortAllocated();
    }

    @Override
    public void close() {
        server.stop();
        try {
            log.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
