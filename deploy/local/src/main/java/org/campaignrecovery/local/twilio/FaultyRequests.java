package org.campaignrecovery.local.twilio;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.fault.FaultStage;

/** Requests for messages, the faults in front of them. */
final class FaultyRequests {
    /** The connection is closed without a word. */
    static final Answer NO_ANSWER = new Answer(0, Map.of());

    private static final int TOO_MANY_REQUESTS = 429;
    private static final int BAD_REQUEST = 400;
    private static final int SERVER_ERROR = 500;
    private static final int UNSUBSCRIBED = 21610;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SHORT = Duration.ofSeconds(1);

    private final FaultInjector faults;
    private final MessagesApi api;

    FaultyRequests(FaultInjector faults, MessagesApi api) {
        this.faults = faults;
        this.api = api;
    }

    Answer create(Map<String, String> form) throws IOException {
        Optional<Fault> striking = faults.strike(FaultStage.REQUEST, form.get("To"));
        if (striking.isEmpty()) {
            return api.create(form);
        }
        Fault fault = striking.get();
        Answer taken = fault.kind().recorded() ? api.create(form) : NO_ANSWER;
        return switch (fault.kind()) {
            case SMS_THROTTLE -> Answer.error(TOO_MANY_REQUESTS, 20429, "Too Many Requests").with("Retry-After",
                    String.valueOf((fault.timeOr(SHORT).toMillis() + 999) / 1_000));
            case SMS_REFUSE -> Answer.error(BAD_REQUEST, fault.codeOr(UNSUBSCRIBED), "Attempt to send to unsubscribed recipient");
            case SMS_ERROR, SMS_TAKE_AND_ERROR -> Answer.error(fault.codeOr(SERVER_ERROR), 20500, "Internal Server Error");
            case SMS_HANG, SMS_TAKE_AND_HANG -> {
                faults.pass(fault.timeOr(LONG));
                yield NO_ANSWER;
            }
            case SMS_SLOW -> {
                faults.pass(fault.timeOr(SHORT));
                yield taken;
            }
            default -> NO_ANSWER;
        };
    }
}
