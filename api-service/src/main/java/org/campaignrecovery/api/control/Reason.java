package org.campaignrecovery.api.control;

import java.util.List;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;

/**
 * Why something is done; what it is for stands in the audit.
 *
 * @param reason a sentence, or null
 */
public record Reason(String reason) {
    private static final int LONGEST = 2_000;

    /** The sentence of a request whose body may be missing, or null when it says nothing. */
    public static String of(Reason body) {
        String reason = body == null || body.reason == null ? "" : body.reason.trim();
        if (reason.length() > LONGEST) {
            throw ProblemType.VALIDATION.problem(List.of(new FieldError("reason", "may have up to %d characters".formatted(LONGEST))));
        }
        return reason.isEmpty() ? null : reason;
    }
}
