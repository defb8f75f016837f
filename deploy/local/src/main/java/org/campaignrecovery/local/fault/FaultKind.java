package org.campaignrecovery.local.fault;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Locale;
import java.util.Set;
import java.util.stream.Collectors;

/** What a provider can do wrong. In the file: the name in small letters with dashes, as {@code smtp-close-after-mail}. */
public enum FaultKind {
    /** New connections are closed without a word, kept ones at their next MAIL: the server is away. */
    SMTP_REFUSE(false, false, FaultStage.CONNECTION, FaultStage.MAIL),
    /** The same with {@code code} (421), then the connection is closed. */
    SMTP_UNAVAILABLE(false, false, FaultStage.CONNECTION, FaultStage.MAIL),
    SMTP_CLOSE_AFTER_MAIL(false, false, FaultStage.MAIL),
    SMTP_CLOSE_AFTER_RCPT(false, false, FaultStage.RECIPIENT),
    /** 354, and then the connection is closed before a byte of the message is read. */
    SMTP_CLOSE_AFTER_354(false, false, FaultStage.CONTENT),
    /** Closed after a few bytes of the message. */
    SMTP_CLOSE_IN_BODY(false, false, FaultStage.CONTENT),
    /** {@code code} (451) to RCPT: greylisting. */
    SMTP_RCPT_LATER(false, false, FaultStage.RECIPIENT),
    /** {@code code} (550) to RCPT. */
    SMTP_RCPT_NEVER(false, false, FaultStage.RECIPIENT),
    /** {@code code} (452) to the final dot. */
    SMTP_DOT_LATER(false, false, FaultStage.DOT),
    /** {@code code} (554) to the final dot. */
    SMTP_DOT_NEVER(false, false, FaultStage.DOT),
    /** Taken, and then silence for {@code millis} (60,000); the connection is closed after it. */
    SMTP_TAKE_AND_HANG(true, true, FaultStage.DOT),
    /** Taken, and the connection is closed without an answer. */
    SMTP_TAKE_AND_CLOSE(true, true, FaultStage.DOT),
    /** Not taken, silence for {@code millis} (60,000) after the final dot; the connection is closed after it. */
    SMTP_HANG(false, true, FaultStage.DOT),
    /** Not taken, and the connection is closed after the final dot without an answer. */
    SMTP_CLOSE_AFTER_DOT(false, true, FaultStage.DOT),
    /** Taken, and answered {@code millis} (1,000) later. */
    SMTP_SLOW(true, false, FaultStage.DOT),

    /** HTTP 429 with a {@code Retry-After} of {@code millis} (1,000), in whole seconds. */
    SMS_THROTTLE(false, false, FaultStage.REQUEST),
    /** HTTP 400 with Twilio's error {@code code} (21610). */
    SMS_REFUSE(false, false, FaultStage.REQUEST),
    /** HTTP {@code code} (500), not taken. */
    SMS_ERROR(false, true, FaultStage.REQUEST),
    /** HTTP {@code code} (500), taken all the same. */
    SMS_TAKE_AND_ERROR(true, true, FaultStage.REQUEST),
    /** Not taken, silence for {@code millis} (60,000); the connection is closed after it. */
    SMS_HANG(false, true, FaultStage.REQUEST),
    /** Taken, and then silence as above. */
    SMS_TAKE_AND_HANG(true, true, FaultStage.REQUEST),
    /** Not taken, and the connection is closed without an answer. */
    SMS_CLOSE(false, true, FaultStage.REQUEST),
    /** Taken, and the connection is closed without an answer. */
    SMS_TAKE_AND_CLOSE(true, true, FaultStage.REQUEST),
    /** Taken, and answered {@code millis} (1,000) later. */
    SMS_SLOW(true, false, FaultStage.REQUEST);

    private final boolean recorded;
    private final boolean ambiguous;
    private final Set<FaultStage> stages;

    FaultKind(boolean recorded, boolean ambiguous, FaultStage stage, FaultStage... stages) {
        this.recorded = recorded;
        this.ambiguous = ambiguous;
        this.stages = EnumSet.of(stage, stages);
    }

    /** @throws IllegalArgumentException that names the kinds there are */
    static FaultKind parse(String wire) {
        return Arrays.stream(values()).filter(kind -> kind.wire().equals(wire)).findFirst()
                .orElseThrow(() -> new IllegalArgumentException("there is no fault \"" + wire + "\"; there are "
                        + Arrays.stream(values()).map(FaultKind::wire).collect(Collectors.joining(", "))));
    }

    public String wire() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** {@code email} or {@code sms}. */
    public String channel() {
        return stages.contains(FaultStage.REQUEST) ? "sms" : "email";
    }

    /** Whether the provider has taken the message all the same; its record has it then. */
    public boolean recorded() {
        return recorded;
    }

    /** Whether the sender cannot know whether it was taken. */
    public boolean ambiguous() {
        return ambiguous;
    }

    boolean strikesAt(FaultStage stage) {
        return stages.contains(stage);
    }
}
