package org.campaignrecovery.api.access;

import java.net.URI;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.ws.rs.core.HttpHeaders;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.CorsHandler;

/**
 * The origins of frontends that use the api from another origin, with its session cookie (CORS with credentials). Every other origin is
 * left to the browser, which lets it read nothing, and to {@link CrossSiteFilter}, which lets it change nothing.
 */
@ApplicationScoped
public class FrontendOrigins {
    private static final int BEFORE_THE_BODY = 2_000;
    private static final int REMEMBERED_SECONDS = 600;
    private static final Set<HttpMethod> METHODS = Set.of(HttpMethod.GET, HttpMethod.POST, HttpMethod.PUT, HttpMethod.DELETE);
    private static final Set<String> ASKED_WITH = Set.of(HttpHeaders.CONTENT_TYPE, HttpHeaders.IF_MATCH, HttpHeaders.AUTHORIZATION,
            "Idempotency-Key", "Last-Event-ID");
    private static final Set<String> SHOWN = Set.of(HttpHeaders.ETAG, HttpHeaders.LOCATION, HttpHeaders.RETRY_AFTER,
            HttpHeaders.CONTENT_DISPOSITION, "Idempotency-Replayed");

    private final List<String> origins;
    private final CorsHandler answer;

    FrontendOrigins(@ConfigProperty(name = "campaign.frontend.origins") Optional<List<String>> origins) {
        this.origins = origins.orElse(List.of()).stream().map(String::strip).toList();
        this.origins.forEach(FrontendOrigins::require);
        this.answer = CorsHandler.create().addOrigins(this.origins).allowCredentials(true).allowedMethods(METHODS)
                .allowedHeaders(ASKED_WITH).exposedHeaders(SHOWN).maxAgeSeconds(REMEMBERED_SECONDS);
    }

    /** Whether a browser's page of this origin may do what its user may. */
    boolean include(String origin) {
        return origin != null && origins.contains(origin);
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, BEFORE_THE_BODY);
    }

    private void check(RoutingContext context) {
        if (include(context.request().getHeader(io.vertx.core.http.HttpHeaders.ORIGIN))) {
            answer.handle(context);
        } else {
            context.next();
        }
    }

    private static void require(String origin) {
        try {
            URI uri = URI.create(origin);
            if (uri.getAuthority() != null && origin.equals(uri.getScheme() + "://" + uri.getAuthority())) {
                return;
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw new IllegalStateException(
                "FRONTEND_ORIGINS must be a list of origins like https://shop.example,https://shop.example:8443 (without a path), not %s"
                        .formatted(origin));
    }
}
