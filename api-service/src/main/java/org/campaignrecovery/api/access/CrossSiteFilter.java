package org.campaignrecovery.api.access;

import java.net.URI;
import java.util.Set;

import jakarta.ws.rs.container.ContainerRequestContext;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.consent.UnsubscribeLinks;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import io.vertx.core.http.HttpServerRequest;

/**
 * Refuses a request that changes something when a browser says that another site makes it, unless it is one of {@link FrontendOrigins}. Tools that are no browsers send neither
 * header and work as they are: what they present, they present on purpose.
 */
public class CrossSiteFilter {
    private static final Set<String> READING = Set.of("GET", "HEAD", "OPTIONS");

    private final FrontendOrigins frontends;

    CrossSiteFilter(FrontendOrigins frontends) {
        this.frontends = frontends;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseCrossSite(ContainerRequestContext request, HttpServerRequest http) {
        String origin = request.getHeaderString("Origin");
        if (!READING.contains(request.getMethod()) && !bringsItsOwnRight(request) && !frontends.include(origin)
                && isCrossSite(request.getHeaderString("Sec-Fetch-Site"), origin,
                        http.authority() == null ? null : http.authority().toString())) {
            throw ProblemType.CROSS_SITE.problem("a page of another site may not change anything here");
        }
    }

    /** A link to unsubscribe is good for whoever has it, in whatever mail client's page. No cookie counts there. */
    private static boolean bringsItsOwnRight(ContainerRequestContext request) {
        return request.getUriInfo().getPath().startsWith(UnsubscribeLinks.PATH);
    }

    /** Whether a browser says so; {@code authority} is the host and port that it was sent to. */
    static boolean isCrossSite(String fetchSite, String origin, String authority) {
        if (fetchSite != null) {
            return !fetchSite.equals("same-origin") && !fetchSite.equals("none");
        }
        return origin != null && !authority(origin).equals(authority);
    }

    private static String authority(String origin) {
        try {
            String authority = URI.create(origin).getAuthority();
            return authority == null ? "" : authority;
        } catch (IllegalArgumentException e) {
            return "";
        }
    }
}
