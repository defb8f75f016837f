package org.campaignrecovery.api.progress;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.Response;

import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import com.fasterxml.jackson.databind.ObjectMapper;

import io.smallrye.mutiny.Uni;

/** Before the stream has begun there still is an answer to give: 404, or 204 for whoever knows the end. */
public class StreamGate {
    static final String LAST = "Last-Event-ID";

    private final ProgressWatch watch;
    private final ObjectMapper json;

    StreamGate(ProgressWatch watch, ObjectMapper json) {
        this.watch = watch;
        this.json = json;
    }

    @ServerRequestFilter
    @BeforeStream
    public Uni<Response> before(ContainerRequestContext request) {
        String last = request.getHeaderString(LAST);
        return watch.look(request.getUriInfo().getPathParameters().getFirst("id"))
                .map(now -> now.isEnd() && Told.of(now, json).id().equals(last) ? Response.noContent().build() : null);
    }
}
