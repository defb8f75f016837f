package org.campaignrecovery.api.problem;

import static io.netty.handler.codec.http.HttpResponseStatus.REQUEST_ENTITY_TOO_LARGE;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body that announces itself as too large, before any of it is kept. Quarkus would do the same with an empty answer and a
 * closed connection, which many clients report as a broken pipe; a body without an announced length meets the limit while it is read.
 */
@ApplicationScoped
public class BodyLimit {
    static final String SENTENCE = "the body is larger than this service accepts; send long lists of customers in several campaigns";
    private static final int EARLY = 1_000;

    private final long limit;

    BodyLimit(@ConfigProperty(name = "quarkus.http.limits.max-body-size") MemorySize limit) {
        this.limit = limit.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        if (length == null || Long.parseLong(length) <= limit) {
            context.next();
            return;
        }
        ProblemType type = ProblemType.TOO_LARGE;
        JsonObject problem = new JsonObject().put("type", type.uri().toString()).put("status", type.status()).put("title", type.title())
                .put("detail", "the body has %s bytes, the limit is %d: %s".formatted(length, limit, SENTENCE))
                .put("instance", context.request().path());
        context.request().resume();
        context.response().setStatusCode(REQUEST_ENTITY_TOO_LARGE.code()).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.encode());
    }
}
