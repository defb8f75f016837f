package org.campaignrecovery.api.body;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.buffer.Buffer;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;
import io.vertx.ext.web.impl.RoutingContextInternal;

/** Reads bodies before their operations do, up to the limit. What is not read here is left to Resteasy. */
@ApplicationScoped
public class BodyReader {
    private static final int WHEN_BODIES_ARE_READ = 800;

    private final long limit;
    private final BodyHandler reader;

    BodyReader(@ConfigProperty(name = "campaign.http.max-body-size", defaultValue = "4M") MemorySize limit) {
        this.limit = limit.asLongValue();
        this.reader = BodyHandler.create(false).setBodyLimit(this.limit);
    }

    void install(@Observes Filters filters) {
        filters.register(BodyReader::emptyIsNotNothing, WHEN_BODIES_ARE_READ);
    }

    /** In bytes. */
    long limit() {
        return limit;
    }

    /** Goes on with the request when its body is there. */
    public void read(RoutingContext context) {
        reader.handle(context);
    }

    /** What was read; nothing of a request without a body. */
    public static byte[] of(RoutingContext context) {
        return context.body() == null || context.body().buffer() == null ? new byte[0] : context.body().buffer().getBytes();
    }

    /** Of a body that was read and is empty, Vert.x keeps nothing, and Resteasy would wait for it on the event loop. */
    private static void emptyIsNotNothing(RoutingContext context) {
        if (context.request().isEnded() && context.body().buffer() == null) {
            ((RoutingContextInternal) context).setBody(Buffer.buffer());
        }
        context.next();
    }
}
