package org.campaignrecovery.api.body;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/** An order whose body may be missing ({@code curl -X POST …/pause}) need not say of which type the missing body is. */
@ApplicationScoped
class EmptyBody {
    private static final int BEFORE_ROUTES = 100;

    void register(@Observes Filters filters) {
        filters.register(EmptyBody::nameType, BEFORE_ROUTES);
    }

    private static void nameType(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.method() == HttpMethod.POST && isEmpty(request) && !request.headers().contains(HttpHeaders.CONTENT_TYPE)) {
            request.headers().set(HttpHeaders.CONTENT_TYPE, "application/json");
        }
        context.next();
    }

    private static boolean isEmpty(HttpServerRequest request) {
        String length = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        return !request.headers().contains(HttpHeaders.TRANSFER_ENCODING) && (length == null || length.trim().equals("0"));
    }
}
