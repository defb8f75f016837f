package org.campaignrecovery.api.schedule;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * What the design's table says about a campaign's life, written down a second time and independently of the service: what each order does
 * to each status, and who may give it. The answers of the API are held against it.
 */
final class LifeModel {

    /** Orders of people through the API, and what happens by itself. */
    enum Step {
        EDIT("PUT", ""),
        SUBMIT("POST", "/submit"),
        WITHDRAW("POST", "/withdraw"),
        APPROVE("POST", "/approve"),
        REJECT("POST", "/reject"),
        PAUSE("POST", "/pause"),
        RESUME("POST", "/resume"),
        CANCEL("POST", "/cancel"),
        RUN_NOW("POST", "/run-now"),
        ARCHIVE("POST", "/archive"),
        DELETE("DELETE", ""),
        ARMED(null, null),
        DUE(null, null),
        TOO_LATE(null, null),
        RUN_ENDS(null, null),
        RUN_FAILS(null, null),
        END_DATE(null, null);

        final String method;
        final String path;

        Step(String method, String path) {
            this.method = method;
            this.path = path;
        }

        boolean isOrder() {
            return method != null;
        }
    }

    enum User {
        AUTHOR("marketer"),
        OTHER_MARKETER("other-marketer"),
        MANAGER("marketing-manager"),
        OPERATOR("operator");

        final String username;

        User(String username) {
            this.username = username;
        }
    }

    private static final Map<Step, Map<String, String>> MOVES = new EnumMap<>(Step.class);
    private static final Map<Step, Set<User>> MAY = new EnumMap<>(Step.class);

    static {
        MOVES.put(Step.EDIT, Map.of("draft", "draft", "rejected", "draft"));
        MOVES.put(Step.SUBMIT, Map.of("draft", "pending_approval"));
        MOVES.put(Step.WITHDRAW, Map.of("pending_approval", "draft"));
        MOVES.put(Step.APPROVE, Map.of("pending_approval", "approved"));
        MOVES.put(Step.REJECT, Map.of("pending_approval", "rejected"));
        MOVES.put(Step.PAUSE, Map.of("scheduled", "paused", "processing", "paused"));
        MOVES.put(Step.RESUME, Map.of("paused", "where it was"));
        Map<String, String> cancel = new HashMap<>();
        List.of("draft", "pending_approval", "rejected", "approved", "scheduled", "processing", "running", "paused", "missed", "failed")
                .forEach(status -> cancel.put(status, "cancelled"));
        MOVES.put(Step.CANCEL, cancel);
        MOVES.put(Step.RUN_NOW, Map.of("scheduled", "processing", "missed", "processing", "failed", "processing"));
        Map<String, String> archive = new HashMap<>();
        List.of("draft", "rejected", "missed", "failed", "completed", "cancelled").forEach(status -> archive.put(status, status));
        MOVES.put(Step.ARCHIVE, archive);
        MOVES.put(Step.DELETE, Map.of("draft", "gone"));
        MOVES.put(Step.ARMED, Map.of("approved", "scheduled"));
        MOVES.put(Step.DUE, Map.of("scheduled", "processing"));
        MOVES.put(Step.TOO_LATE, Map.of("scheduled", "missed"));
        MOVES.put(Step.RUN_ENDS, Map.of("processing", "completed or running"));
        MOVES.put(Step.RUN_FAILS, Map.of("processing", "failed"));
        MOVES.put(Step.END_DATE, Map.of("running", "completed"));
        for (Step own : List.of(Step.EDIT, Step.SUBMIT, Step.WITHDRAW, Step.DELETE)) {
            MAY.put(own, Set.of(User.AUTHOR));
        }
        MAY.put(Step.APPROVE, Set.of(User.MANAGER));
        MAY.put(Step.REJECT, Set.of(User.MANAGER));
        MAY.put(Step.PAUSE, Set.of(User.AUTHOR, User.MANAGER, User.OPERATOR));
        MAY.put(Step.CANCEL, Set.of(User.AUTHOR, User.MANAGER, User.OPERATOR));
        MAY.put(Step.RESUME, Set.of(User.MANAGER, User.OPERATOR));
        MAY.put(Step.RUN_NOW, Set.of(User.OPERATOR));
        MAY.put(Step.ARCHIVE, Set.of(User.AUTHOR, User.MANAGER));
    }

    private final boolean endsLater;
    private final List<String> history = new ArrayList<>();
    private String status = "draft";
    private String pausedFrom;

    /** @param endsLater whether the campaign has an end date that is ahead */
    LifeModel(boolean endsLater) {
        this.endsLater = endsLater;
        history.add("draft");
    }

    String status() {
        return status;
    }

    boolean gone() {
        return status.equals("gone");
    }

    /** The statuses in their order, as the audit must tell them; an order that leaves the status is in it when the audit notes it. */
    List<String> history() {
        return history;
    }

    /** What the API must answer. Nobody learns where a campaign stands from an order that they may not give. */
    int answer(Step step, User user) {
        if (!MAY.get(step).contains(user)) {
            return gone() && user == User.OTHER_MARKETER && MAY.get(step).contains(User.AUTHOR) ? 404 : 403;
        }
        if (gone()) {
            return 404;
        }
        return next(step).isEmpty() ? 409 : step == Step.DELETE ? 204 : 200;
    }

    /** Whether the step would change anything now. */
    boolean possible(Step step) {
        return next(step).isPresent();
    }

    /** The step is taken. */
    void take(Step step) {
        String to = next(step).orElseThrow();
        pausedFrom = step == Step.PAUSE ? status : null;
        boolean noted = step != Step.EDIT || !status.equals("draft");
        status = to;
        if (noted && !gone()) {
            history.add(to);
        }
    }

    private Optional<String> next(Step step) {
        return Optional.ofNullable(MOVES.get(step).get(status)).map(to -> switch (to) {
            case "where it was" -> pausedFrom;
            case "completed or running" -> endsLater ? "running" : "completed";
            default -> to;
        });
    }

    /** Every status that the table knows, for a check that the random walks have seen them all. */
    static Set<String> statuses() {
        Set<String> all = new TreeSet<>(MOVES.get(Step.CANCEL).keySet());
        all.addAll(Set.of("completed", "cancelled"));
        return all;
    }
}
