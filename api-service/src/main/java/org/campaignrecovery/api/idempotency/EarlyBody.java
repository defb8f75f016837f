package org.campaignrecovery.api.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Reads the body of a request with an Idempotency-Key before anybody asks for it, so that {@link IdempotencyFilter} can compare it. Bodies
 * of other requests are left to their operations.
 */
@ApplicationScoped
class EarlyBody {
    private static final int BEHIND_THE_LIMIT = 900;

    private final BodyHandler reader;

    EarlyBody(@ConfigProperty(name = "campaign.http.max-body-size", defaultValue = "4M") MemorySize limit) {
        this.reader = BodyHandler.create(false).setBodyLimit(limit.asLongValue());
    }

    void install(@Observes Filters filters) {
        filters.register(this::read, BEHIND_THE_LIMIT);
    }

    private void read(RoutingContext context) {
        boolean wanted = context.request().method().equals(HttpMethod.POST) && context.request().getHeader(IdempotencyFilter.KEY) != null;
        if (wanted && !context.request().isEnded()) {
            reader.handle(context);
        } else {
            context.next();
        }
    }

    /** What was read; nothing of a request without a body. */
    static byte[] of(RoutingContext context) {
        return context.body() == null || context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    }
}
