package org.campaignrecovery.api.problem;

import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import io.vertx.ext.web.handler.BodyHandler;

/**
 * Refuses a body that is too large, at once when it announces its length, while it is read when it does not. Quarkus would do the same
 * with an empty answer and a closed connection, which many clients report as a broken pipe. An uploaded list may be larger, is never held
 * in memory, and counts its bytes itself when it does not announce them.
 */
@ApplicationScoped
public class BodyLimit {
    static final String SENTENCE = "the body is larger than the %d bytes that are accepted; send long lists of customers"
            + " as a file: PUT /api/campaigns/{id}/audience.csv";
    private static final int EARLY = 1_000;
    private static final Pattern UPLOAD = Pattern.compile("/api/campaigns/[^/]+/audience\\.csv");

    private final long limit;
    private final long uploadLimit;
    private final BodyHandler reader;

    BodyLimit(@ConfigProperty(name = "campaign.http.max-body-size", defaultValue = "4M") MemorySize limit,
            @ConfigProperty(name = "campaign.upload.max-size") MemorySize uploadLimit) {
        this.uploadLimit = uploadLimit.asLongValue();
        this.limit = limit.asLongValue();
        this.reader = BodyHandler.create(false).setBodyLimit(this.limit);
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    void install(@Observes Router router) {
        router.route("/*").order(Integer.MIN_VALUE).failureHandler(context -> {
            if (context.statusCode() == ProblemType.TOO_LARGE.status() && !context.response().ended()) {
                refuse(context, limit);
            } else {
                context.next();
            }
        });
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean upload = UPLOAD.matcher(context.request().path()).matches();
        long allowed = upload ? uploadLimit : limit;
        if (length != null && Long.parseLong(length) > allowed) {
            context.request().resume();
            refuse(context, allowed);
        } else if (!upload && length == null && context.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null) {
            reader.handle(context);
        } else {
            context.next();
        }
    }

    private static void refuse(RoutingContext context, long allowed) {
        ProblemType type = ProblemType.TOO_LARGE;
        JsonObject problem = new JsonObject().put("type", type.uri().toString()).put("status", type.status()).put("title", type.title())
                .put("detail", SENTENCE.formatted(allowed));
        context.response().setStatusCode(type.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.encode());
    }
}
