package org.campaignrecovery.ledger.http;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;

/**
 * Tells browsers that have come by TLS to come by TLS only (RFC 6797), be it ours or that of a proxy whose word counts. Who came without
 * it is not told: browsers must not believe it then. Of the host's subdomains nothing is said, as the host may be a shop's. The headers
 * that every answer has are in microprofile-config.properties.
 */
@ApplicationScoped
public class TransportSecurity {
    static final String HEADER = "Strict-Transport-Security";
    private static final String FOR_A_YEAR = "max-age=31536000";
    private static final int BEFORE_ANYBODY_ANSWERS = 10_000;

    void install(@Observes Filters filters) {
        filters.register(TransportSecurity::tell, BEFORE_ANYBODY_ANSWERS);
    }

    private static void tell(RoutingContext context) {
        HttpServerRequest request = context.request();
        if (request.isSSL() || "https".equals(request.scheme())) {
            context.response().putHeader(HEADER, FOR_A_YEAR);
        }
        context.next();
    }
}
