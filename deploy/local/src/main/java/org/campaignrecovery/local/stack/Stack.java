package org.campaignrecovery.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.kafka.EmbeddedKafka;

/**
 * The embedded parts in this JVM. {@link #start} returns when all of them answer and their addresses are written to {@code run/stack.env};
 * parts that the environment gives from outside are not started, and their addresses are passed on.
 */
public final class Stack implements AutoCloseable {
    private final Deque<AutoCloseable> running;
    private final Map<String, String> addresses;

    private Stack(Deque<AutoCloseable> running, Map<String, String> addresses) {
        this.running = running;
        this.addresses = addresses;
    }

    /** @throws StackException with a sentence for a person when a part cannot start; nothing is left running then */
    public static Stack start(StackSettings settings) {
        settings.directory().create();
        StackParts parts = new StackParts(settings);
        Deque<AutoCloseable> running = new ArrayDeque<>();
        Map<String, String> addresses = new LinkedHashMap<>();
        Optional<CompletableFuture<EmbeddedKafka>> kafka = parts.kafka();
        try {
            parts.mongo(addresses).ifPresent(running::push);
            running.push(parts.faults(addresses));
            parts.smtp(addresses).ifPresent(running::push);
            parts.twilio(addresses).ifPresent(running::push);
            kafka.map(CompletableFuture::join).ifPresent(running::push);
            addresses.put("KAFKA_BOOTSTRAP_SERVERS",
                    kafka.map(started -> started.join().bootstrapServers()).or(() -> settings.given("KAFKA_BOOTSTRAP_SERVERS"))
                            .orElseThrow());
            EnvFile.write(settings.directory().stackEnv(), addresses);
            return new Stack(running, Collections.unmodifiableMap(addresses));
        } catch (CompletionException e) {
            closeAll(running);
            throw new StackException("Kafka could not start: " + e.getCause().getMessage(), e.getCause());
        } catch (IOException e) {
            closeAll(running);
            throw new UncheckedIOException("The addresses cannot be written to " + settings.directory().stackEnv(), e);
        } catch (RuntimeException e) {
            kafka.ifPresent(started -> started.thenAccept(EmbeddedKafka::close));
            closeAll(running);
            throw e;
        }
    }

    /** What {@code run/stack.env} says: the variables that the services read, SMTP_RECORD and SMS_RECORD, FAULTS and FAULT_RECORD. */
    public Map<String, String> addresses() {
        return addresses;
    }

    @Override
    public void close() {
        closeAll(running);
    }

    private static void closeAll(Deque<AutoCloseable> running) {
        while (!running.isEmpty()) {
            try {
                running.pop().close();
            } catch (Exception e) {
                System.err.println("A part of the stack did not stop cleanly: " + e);
            }
        }
    }
}
