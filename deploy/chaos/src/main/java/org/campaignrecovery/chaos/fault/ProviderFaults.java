package org.campaignrecovery.chaos.fault;

import static org.campaignrecovery.local.fault.FaultKind.*;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.processes.Poll;

/** For some seconds the mail server and the SMS provider do some of the things that such do. */
record ProviderFaults() implements Fault {
    private static final int KINDS_EACH = 3;
    private static final int MOST_TIMES = 40;
    private static final int LEAST_TIMES = 10;
    /** Each of them holds a connection for ten seconds. */
    private static final int TIMES_OF_HANGING = 4;
    private static final double SHARE = 0.2;
    private static final int LEAST_SECONDS = 5;
    private static final int MOST_SECONDS = 10;

    private static final List<FaultKind> MAIL = List.of(SMTP_REFUSE, SMTP_UNAVAILABLE, SMTP_CLOSE_AFTER_MAIL, SMTP_CLOSE_AFTER_RCPT,
            SMTP_CLOSE_AFTER_354, SMTP_CLOSE_IN_BODY, SMTP_RCPT_LATER, SMTP_RCPT_NEVER, SMTP_DOT_LATER, SMTP_DOT_NEVER, SMTP_TAKE_AND_HANG,
            SMTP_TAKE_AND_CLOSE, SMTP_HANG, SMTP_CLOSE_AFTER_DOT);
    private static final List<FaultKind> TEXTS = List.of(SMS_THROTTLE, SMS_REFUSE, SMS_ERROR, SMS_TAKE_AND_ERROR, SMS_HANG,
            SMS_TAKE_AND_HANG, SMS_CLOSE, SMS_TAKE_AND_CLOSE);
    private static final List<FaultKind> HANGING = List.of(SMTP_TAKE_AND_HANG, SMTP_HANG, SMS_HANG, SMS_TAKE_AND_HANG);

    @Override
    public void strike(Play play) {
        List<FaultKind> kinds = new ArrayList<>(some(MAIL, play));
        kinds.addAll(some(TEXTS, play));
        int seconds = play.between(LEAST_SECONDS, MOST_SECONDS);
        play.timeline().note("for %d s the providers do %s", seconds, kinds);
        play.stage().providers().set(kinds.stream().map(kind -> fault(kind, play)).toList());
        Poll.until(Duration.ofSeconds(seconds), () -> false);
        play.stage().providers().clear();
        play.timeline().note("the providers are well again");
    }

    private static List<FaultKind> some(List<FaultKind> all, Play play) {
        List<FaultKind> shuffled = new ArrayList<>(all);
        Collections.shuffle(shuffled, play.random());
        return shuffled.subList(0, KINDS_EACH);
    }

    private static org.campaignrecovery.local.fault.Fault fault(FaultKind kind, Play play) {
        int times = HANGING.contains(kind) ? TIMES_OF_HANGING : play.between(LEAST_TIMES, MOST_TIMES);
        return org.campaignrecovery.local.fault.Fault.of(kind).share(SHARE).times(times).seed(play.random().nextLong());
    }
}
