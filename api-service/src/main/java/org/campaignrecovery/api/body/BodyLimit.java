package org.campaignrecovery.api.body;

import java.util.Locale;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.api.problem.EarlyProblem;
import org.campaignrecovery.api.problem.ProblemType;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import io.quarkus.runtime.configuration.MemorySize;
import io.quarkus.vertx.http.runtime.filters.Filters;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;

/**
 * Refuses a body that is too large, at once when it announces its length, while it is read when it does not. Quarkus would do the same
 * with an empty answer and a closed connection, which many clients report as a broken pipe. An uploaded list may be larger, is never held
 * in memory, and counts its bytes itself when it does not announce them. Bodies without a length are read here, as are the forms of webhooks:
 * Resteasy's own reader of forms falls over one with an empty name.
 */
@ApplicationScoped
public class BodyLimit {
    static final String SENTENCE = "the body is larger than the %d bytes that are accepted; send long lists of customers"
            + " as a file: PUT /api/campaigns/{id}/audience.csv";
    private static final int EARLY = 1_000;
    private static final String WEBHOOKS = "/api/webhooks/";
    private static final Pattern UPLOAD = Pattern.compile("/api/campaigns/[^/]+/audience\\.csv");

    private final BodyReader reader;
    private final long uploadLimit;

    BodyLimit(BodyReader reader, @ConfigProperty(name = "campaign.upload.max-size") MemorySize uploadLimit) {
        this.reader = reader;
        this.uploadLimit = uploadLimit.asLongValue();
    }

    void install(@Observes Filters filters) {
        filters.register(this::check, EARLY);
    }

    void install(@Observes Router router) {
        router.route("/*").order(Integer.MIN_VALUE).failureHandler(context -> {
            if (context.response().ended()) {
                context.next();
            } else if (context.statusCode() == ProblemType.TOO_LARGE.status()) {
                refuse(context, reader.limit());
            } else if (context.statusCode() == ProblemType.BAD_REQUEST.status()) {
                EarlyProblem.answer(context, ProblemType.BAD_REQUEST, "the body cannot be read as what its Content-Type says");
            } else {
                context.next();
            }
        });
    }

    private void check(RoutingContext context) {
        String length = context.request().getHeader(HttpHeaders.CONTENT_LENGTH);
        boolean upload = UPLOAD.matcher(context.request().path()).matches();
        long allowed = upload ? uploadLimit : reader.limit();
        if (length != null && Long.parseLong(length) > allowed) {
            context.request().resume();
            refuse(context, allowed);
        } else if (!upload && (isForm(context) || length == null && context.request().getHeader(HttpHeaders.TRANSFER_ENCODING) != null)) {
            reader.read(context);
        } else {
            context.next();
        }
    }

    /** What a webhook is told. */
    private static boolean isForm(RoutingContext context) {
        String type = context.request().getHeader(HttpHeaders.CONTENT_TYPE);
        return context.request().method().equals(HttpMethod.POST) && context.request().path().startsWith(WEBHOOKS) && type != null
                && type.toLowerCase(Locale.ROOT).startsWith(HttpHeaders.APPLICATION_X_WWW_FORM_URLENCODED.toString());
    }

    private static void refuse(RoutingContext context, long allowed) {
        EarlyProblem.answer(context, ProblemType.TOO_LARGE, SENTENCE.formatted(allowed));
    }
}
