package org.campaignrecovery.api.idempotency;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.body.BodyReader;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;

/**
 * Reads the body of a request with an Idempotency-Key before anybody asks for it, so that {@link IdempotencyFilter} can compare it. Bodies
 * of other requests are left to their operations.
 */
@ApplicationScoped
class EarlyBody {
    private static final int BEHIND_THE_LIMIT = 900;

    private final BodyReader reader;

    EarlyBody(BodyReader reader) {
        this.reader = reader;
    }

    void install(@Observes Filters filters) {
        filters.register(this::read, BEHIND_THE_LIMIT);
    }

    private void read(RoutingContext context) {
        boolean wanted = context.request().method().equals(HttpMethod.POST) && context.request().getHeader(IdempotencyFilter.KEY) != null;
        if (wanted && !context.request().isEnded()) {
            reader.read(context);
        } else {
            context.next();
        }
    }
}
