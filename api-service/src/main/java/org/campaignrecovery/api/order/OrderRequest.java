package org.campaignrecovery.api.order;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Objects;

import org.campaignrecovery.api.control.Reason;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.delivery.DeliveryState;

/** What operators ask for, as they write it. */
public final class OrderRequest {
    private static final int MOST = 10_000;

    private OrderRequest() {
    }

    /** What an operator knows, or wants, about messages in doubt. */
    enum Decision {
        RESEND,
        SENT,
        FAILED;

        String wire() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** @param states only {@code failed} */
    public record Retry(List<String> states, String reason) {

        /** The reason or null; fails when something else is asked for. */
        static String check(Retry body) {
            if (body == null || body.states == null || !body.states.equals(List.of(DeliveryState.FAILED.wire()))) {
                throw ProblemType.VALIDATION.problem(List.of(new FieldError("states", "must be [\"failed\"]: what is in doubt is resolved, "
                        + "and nothing else can be tried again")));
            }
            return Reason.of(new Reason(body.reason));
        }
    }

    /**
     * @param deliveries ids, or null with {@code all}
     * @param all everything of the run that is in doubt
     */
    public record Resolve(String decision, List<String> deliveries, Boolean all, String reason) {

        static Resolution check(Resolve body) {
            List<FieldError> errors = new ArrayList<>();
            Decision decision = body == null
                    ? null
                    : Arrays.stream(Decision.values()).filter(one -> one.wire().equals(body.decision)).findFirst().orElse(null);
            if (decision == null) {
                errors.add(new FieldError("decision", "must be among resend, sent, failed"));
            }
            boolean all = body != null && Boolean.TRUE.equals(body.all);
            List<String> ids = body == null ? null : body.deliveries;
            if (all == (ids != null)) {
                errors.add(new FieldError("deliveries", "must be a list of ids, or \"all\" must be true"));
            } else if (ids != null && (ids.isEmpty() || ids.size() > MOST || ids.stream().anyMatch(Objects::isNull))) {
                errors.add(new FieldError("deliveries", "must be 1 to %d ids".formatted(MOST)));
            }
            if (!errors.isEmpty()) {
                throw ProblemType.VALIDATION.problem(errors);
            }
            return new Resolution(decision, all ? null : List.copyOf(new LinkedHashSet<>(ids)), Reason.of(new Reason(body.reason)));
        }
    }

    /** @param deliveries their ids, each once, or null for all */
    record Resolution(Decision decision, List<String> deliveries, String why) {
    }
}
