package org.campaignrecovery.ledger.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.Span;
import io.opentelemetry.api.trace.StatusCode;

/** A span that has begun. It is exported once it has ended; to end it again does nothing. Safe for any thread. */
public final class OpenSpan {
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("campaign.outcome");
    private static final AttributeKey<String> ERROR = AttributeKey.stringKey("error.type");

    private final Span span;
    private final Branch branch;

    OpenSpan(Span span, Branch branch) {
        this.span = span;
        this.branch = branch;
    }

    /** The place on which hangs what follows from it. */
    public Branch branch() {
        return branch;
    }

    /** @param word of ours */
    public OpenSpan came(String word) {
        span.setAttribute(OUTCOME, word);
        return this;
    }

    /** What came of it is something that somebody might look for. */
    public OpenSpan wentWrong() {
        span.setStatus(StatusCode.ERROR);
        return this;
    }

    /** It failed. Only the class of the failure is said, not its words, which may quote anything. */
    public OpenSpan failed(Throwable failure) {
        span.setAttribute(ERROR, failure.getClass().getName());
        return wentWrong();
    }

    public void end() {
        span.end();
    }
}
