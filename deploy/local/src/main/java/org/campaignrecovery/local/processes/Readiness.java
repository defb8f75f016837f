package org.campaignrecovery.local.processes;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for a process to say that it can work. */
public final class Readiness {
    private static final int TAIL_LINES = 25;
    private static final Duration EVERY = Duration.ofMillis(100);
    private static final HttpClient CLIENT = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(1)).build();

    private Readiness() {
    }

    /** Returns when {@code /q/health/ready} of the service at {@code base} answers 200. @throws NotReady with the log's tail otherwise */
    public static void awaitHealthy(ManagedProcess process, URI base, Duration limit) {
        await(process, limit, () -> answersOk(base.resolve("/q/health/ready")));
    }

    /** Returns when {@code ready}. @throws NotReady with the log's tail when the process ends or {@code limit} passes before */
    public static void await(ManagedProcess process, Duration limit, BooleanSupplier ready) {
        boolean decided = Poll.until(limit, EVERY, () -> ready.getAsBoolean() || !process.isAlive());
        if (!process.isAlive()) {
            throw new NotReady(process.name() + " ended while starting." + tail(process));
        }
        if (!decided) {
            throw new NotReady(process.name() + " was not ready within " + limit.toSeconds() + " s." + tail(process));
        }
    }

    /** Whether a GET answers with status 200 within a second or two. */
    public static boolean answersOk(URI uri) {
        try {
            HttpRequest request = HttpRequest.newBuilder(uri).timeout(Duration.ofSeconds(2)).build();
            return CLIENT.send(request, HttpResponse.BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static String tail(ManagedProcess process) {
        return " The end of " + process.log().file() + ":\n" + process.log().lines(TAIL_LINES).indent(4);
    }

    /** The message is for a person and ends with the log's tail. */
    public static final class NotReady extends RuntimeException {
        private static final long serialVersionUID = 1;

        NotReady(String message) {
            super(message);
        }
    }
}
