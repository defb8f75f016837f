package org.campaignrecovery.api.problem;

import io.vertx.core.http.HttpHeaders;
import io.vertx.core.json.JsonObject;
import io.vertx.ext.web.RoutingContext;

/** A problem that is answered before a request reaches any resource. */
public final class EarlyProblem {

    private EarlyProblem() {
    }

    public static void answer(RoutingContext context, ProblemType type, String detail) {
        JsonObject problem = new JsonObject().put("type", type.uri().toString()).put("status", type.status()).put("title", type.title())
                .put("detail", detail);
        context.response().setStatusCode(type.status()).putHeader(HttpHeaders.CONTENT_TYPE, "application/problem+json")
                .end(problem.encode());
    }
}
