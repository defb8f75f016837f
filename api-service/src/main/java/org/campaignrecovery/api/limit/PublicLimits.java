package org.campaignrecovery.api.limit;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.problem.EarlyProblem;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.consent.UnsubscribeLinks;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;

/**
 * Answers 429 to a network that calls too often what needs no log-in, before anything is read of what it sends. Behind a proxy the
 * network is the client's, if the proxy's word counts (BEHIND_PROXY). Log-ins are throttled by themselves, by user.
 */
@ApplicationScoped
public class PublicLimits {
    public static final String DESCRIPTION = "Too many calls from this address; Retry-After says when the next one is looked at";
    private static final int BEFORE_THE_BODY = 1_500;
    private static final String WEBHOOKS = "/api/webhooks/";

    private final Map<String, AddressLimit> byPath;

    PublicLimits(LimitConfig config, Clock clock) {
        this.byPath = Map.of(UnsubscribeLinks.PATH, new AddressLimit(config.unsubscribePerSecond(), config.unsubscribeBurst(), clock),
                WEBHOOKS, new AddressLimit(config.webhooksPerSecond(), config.webhooksBurst(), clock));
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_BODY);
    }

    private void check(RoutingContext context) {
        Duration wait = wait(context);
        if (wait.isZero()) {
            context.next();
            return;
        }
        long seconds = wait.plus(Duration.ofSeconds(1).minusNanos(1)).toSeconds();
        context.response().putHeader(HttpHeaders.RETRY_AFTER, String.valueOf(seconds));
        context.request().resume();
        EarlyProblem.answer(context, ProblemType.TOO_MANY_ATTEMPTS,
                "too many calls from this address; try again in %d s".formatted(seconds));
    }

    private Duration wait(RoutingContext context) {
        String path = context.normalizedPath();
        for (Map.Entry<String, AddressLimit> limit : byPath.entrySet()) {
            if (path.startsWith(limit.getKey())) {
                SocketAddress client = context.request().remoteAddress();
                return limit.getValue().wait(ClientNetwork.of(client == null ? null : client.hostAddress()));
            }
        }
        return Duration.ZERO;
    }
}
