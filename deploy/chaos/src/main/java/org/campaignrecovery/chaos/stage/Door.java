package org.campaignrecovery.chaos.stage;

import java.io.UncheckedIOException;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiClient;
import org.campaignrecovery.local.client.ApiException;
import org.campaignrecovery.local.processes.Poll;

/** Asks whichever api answers, as a load balancer would; waits for one while they are away. Safe for any thread. */
public final class Door {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final Duration PAUSE = Duration.ofMillis(200);
    private static final int UNAUTHORIZED = 401;

    private final List<URI> apis;
    private final LocalUsers users;
    private final Map<String, ApiClient> sessions = new ConcurrentHashMap<>();

    Door(List<URI> apis, LocalUsers users) {
        this.apis = apis;
        this.users = users;
    }

    /** What the first api that answers says. @throws ApiException for an answer of 400 to 499 @throws IllegalStateException without any */
    public <T> T ask(String role, Function<ApiClient, T> question) {
        return ask(role, question, PATIENCE);
    }

    private <T> T ask(String role, Function<ApiClient, T> question, Duration patience) {
        long deadline = System.nanoTime() + patience.toNanos();
        RuntimeException latest = null;
        while (System.nanoTime() < deadline) {
            for (URI api : apis) {
                try {
                    return question.apply(session(role, api));
                } catch (ApiException e) {
                    latest = e;
                    sessions.remove(role + api);
                    if (e.status() / 100 == 4 && e.status() != UNAUTHORIZED) {
                        throw e;
                    }
                } catch (UncheckedIOException e) {
                    latest = e;
                }
            }
            Poll.until(PAUSE, () -> false);
        }
        throw new IllegalStateException("no api answers: " + latest, latest);
    }

    /** Once, without patience. */
    public <T> T askNow(String role, Function<ApiClient, T> question) {
        return ask(role, question, Duration.ofMillis(1));
    }

    private ApiClient session(String role, URI api) {
        return sessions.computeIfAbsent(role + api,
                key -> ApiClient.login(api, users.get(role).username(), users.get(role).password()));
    }
}
