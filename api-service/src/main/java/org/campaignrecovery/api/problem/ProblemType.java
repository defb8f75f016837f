package org.campaignrecovery.api.problem;

import java.net.URI;
import java.util.List;

import io.quarkiverse.resteasy.problem.HttpProblem;

/** Everything that can go wrong, as clients see it. The URIs are part of the contract: they never change (RFC 9457). */
public enum ProblemType {
    MALFORMED_JSON("malformed-json", 400, "The body is not valid JSON"),
    UNKNOWN_FIELD("unknown-field", 400, "The body has an unknown field"),
    WRONG_TYPE("wrong-type", 400, "A field has the wrong type"),
    VALIDATION("validation", 400, "The request is not valid"),
    BAD_REQUEST("bad-request", 400, "The request is not valid"),
    UNAUTHENTICATED("unauthenticated", 401, "Not logged in"),
    FORBIDDEN("forbidden", 403, "Not allowed"),
    CROSS_SITE("cross-site", 403, "Cross-site request refused"),
    NOT_FOUND("not-found", 404, "Not found"),
    METHOD_NOT_ALLOWED("method-not-allowed", 405, "Method not allowed"),
    NOT_ACCEPTABLE("not-acceptable", 406, "Not acceptable"),
    CONFLICT("conflict", 409, "Not possible now"),
    PRECONDITION_FAILED("precondition-failed", 412, "Changed in the meantime"),
    TOO_LARGE("too-large", 413, "The body is too large"),
    UNSUPPORTED_MEDIA_TYPE("unsupported-media-type", 415, "Unsupported media type"),
    KEY_REUSED("idempotency-key-reused", 422, "The Idempotency-Key belongs to another request"),
    TOO_MANY_ATTEMPTS("too-many-attempts", 429, "Too many attempts"),
    UNEXPECTED("unexpected", 500, "Unexpected error"),
    UNAVAILABLE("unavailable", 503, "Not available now");

    private final String name;
    private final int status;
    private final String title;

    ProblemType(String name, int status, String title) {
        this.name = name;
        this.status = status;
        this.title = title;
    }

    public int status() {
        return status;
    }

    public URI uri() {
        return URI.create("/problems/" + name);
    }

    public String title() {
        return title;
    }

    /** The problem with a sentence that helps. */
    public HttpProblem problem(String detail) {
        return builder(detail).build();
    }

    /** The problem with what is wrong field by field; its sentence is made of the first one. */
    public HttpProblem problem(List<FieldError> errors) {
        FieldError first = errors.get(0);
        String more = errors.size() == 1 ? "" : " (and %d more, see errors)".formatted(errors.size() - 1);
        return builder(first.field() + ": " + first.message() + more).with("errors", errors).build();
    }

    public HttpProblem.Builder builder(String detail) {
        return HttpProblem.builder().withType(uri()).withStatus(status).withTitle(title).withDetail(detail);
    }
}
