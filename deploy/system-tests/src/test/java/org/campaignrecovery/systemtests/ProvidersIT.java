package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.local.fault.FaultKind.SMS_CLOSE;
import static org.campaignrecovery.local.fault.FaultKind.SMS_ERROR;
import static org.campaignrecovery.local.fault.FaultKind.SMS_HANG;
import static org.campaignrecovery.local.fault.FaultKind.SMS_REFUSE;
import static org.campaignrecovery.local.fault.FaultKind.SMS_SLOW;
import static org.campaignrecovery.local.fault.FaultKind.SMS_TAKE_AND_CLOSE;
import static org.campaignrecovery.local.fault.FaultKind.SMS_TAKE_AND_ERROR;
import static org.campaignrecovery.local.fault.FaultKind.SMS_TAKE_AND_HANG;
import static org.campaignrecovery.local.fault.FaultKind.SMS_THROTTLE;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_CLOSE_AFTER_354;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_CLOSE_AFTER_DOT;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_CLOSE_AFTER_MAIL;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_CLOSE_AFTER_RCPT;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_CLOSE_IN_BODY;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_DOT_LATER;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_DOT_NEVER;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_HANG;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_RCPT_LATER;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_RCPT_NEVER;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_REFUSE;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_SLOW;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_TAKE_AND_CLOSE;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_TAKE_AND_HANG;
import static org.campaignrecovery.local.fault.FaultKind.SMTP_UNAVAILABLE;

import java.time.Duration;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import org.bson.Document;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.fault.InjectedFault;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The mail server and the SMS provider misbehave, class by class of docs/outcomes.md: what they have recorded, what they did wrong and what
 * the ledger says must agree, address by address (promises P1, P2 and P3).
 */
@Timeout(value = 2, unit = TimeUnit.MINUTES)
class ProvidersIT {
    private static final Duration END = Duration.ofSeconds(60);
    /** How long the stand-in may take to close a connection on a busy machine: later, what it has not read is honestly in doubt. */
    private static final String TIME_TO_CLOSE = "campaign.smtp.before-dot=250ms";
    private static final Set<FaultKind> FOR_GOOD = EnumSet.of(SMTP_RCPT_NEVER, SMTP_DOT_NEVER, SMS_REFUSE);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(80).withWorkerSettings("campaign.planning.first-page=40",
            "campaign.sending.provider-timeout=4s", "campaign.sending.retry.first-delay=300ms", TIME_TO_CLOSE);

    private int injectedBefore;

    @BeforeEach
    void remember() {
        injectedBefore = scene.faults().injected().size();
    }

    @AfterEach
    void recover() {
        scene.faults().clear();
    }

    static Stream<List<Fault>> mistakes() {
        return Stream.of(
                List.of(Fault.of(SMTP_CLOSE_AFTER_MAIL).share(0.1), Fault.of(SMTP_CLOSE_AFTER_RCPT).share(0.1),
                        Fault.of(SMTP_CLOSE_AFTER_354).share(0.15), Fault.of(SMTP_CLOSE_IN_BODY).share(0.15),
                        Fault.of(SMS_THROTTLE).share(0.2).lasting(Duration.ofSeconds(1)), Fault.of(SMS_REFUSE).share(0.2)),
                List.of(Fault.of(SMTP_RCPT_LATER).perAddress(1), Fault.of(SMTP_DOT_LATER).share(0.3), Fault.of(SMS_ERROR).times(4),
                        Fault.of(SMS_TAKE_AND_ERROR).times(4), Fault.of(SMS_SLOW).share(0.3).lasting(Duration.ofMillis(500))),
                List.of(Fault.of(SMTP_RCPT_NEVER).share(0.2), Fault.of(SMTP_DOT_NEVER).share(0.2), Fault.of(SMTP_SLOW).share(0.2),
                        Fault.of(SMS_CLOSE).times(4), Fault.of(SMS_TAKE_AND_CLOSE).times(4)),
                List.of(Fault.of(SMTP_TAKE_AND_HANG).times(4), Fault.of(SMTP_HANG).times(4), Fault.of(SMTP_TAKE_AND_CLOSE).times(4),
                        Fault.of(SMTP_CLOSE_AFTER_DOT).times(4), Fault.of(SMS_TAKE_AND_HANG).times(4), Fault.of(SMS_HANG).times(4)));
    }

    /**
     * Whatever was not ambiguous is sent in the end, or has failed when it was refused for good; exactly the ambiguous answers are in doubt.
     * <p>
     * Fails when the dot follows the message at once (354, mid-body), when a 4xx counts as final or a 5xx as passing, when HTTP 5xx is sent
     * again (received twice), or when an answer that did not come is no doubt.
     */
    @ParameterizedTest
    @MethodSource("mistakes")
    void onlyAmbiguousAnswersLeaveDoubt(List<Fault> mistakes) {
        scene.worker(1);
        scene.faults().set(mistakes);
        Mission mission = scene.launch();
        mission.awaitStart();
        mission.awaitCompleted(END);
        assertAsInjected(mission);
        Set<FaultKind> struck = injected().stream().map(InjectedFault::kind).collect(Collectors.toSet());
        assertThat(struck).containsExactlyInAnyOrderElementsOf(mistakes.stream().map(Fault::kind).toList());
    }

    /**
     * Both providers are away for much longer than all attempts at a message would last: nobody is given up, nearly no attempt is used up,
     * and everybody gets their message when they are back.
     * <p>
     * Fails when a provider in trouble is tried with more than one message at a time, or when such a try counts.
     */
    @Test
    void anOutageLongerThanAllAttemptsGivesNobodyUp() {
        Worker worker = scene.worker(1, "campaign.sending.retry.max-attempts=3", "campaign.sending.retry.first-delay=100ms",
                "campaign.sending.circuit.open-for=500ms", "campaign.sending.circuit.max-open-for=1s");
        scene.faults().set(Fault.of(SMTP_REFUSE).times(60), Fault.of(SMTP_UNAVAILABLE),
                Fault.of(SMS_THROTTLE).lasting(Duration.ofSeconds(1)));
        Mission mission = scene.launch();
        mission.awaitStart();
        Poll.until(Duration.ofSeconds(12), () -> false);
        assertThat(mission.accepted()).as("accepted meanwhile").isZero();
        assertThat(worker.log()).contains("channel=email the provider is left alone", "channel=sms the provider is left alone");
        scene.faults().clear();
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
        int most = scene.ledger().deliveries(mission.run()).stream().mapToInt(one -> one.get("attempt", Number.class).intValue()).max()
                .orElseThrow();
        System.out.printf("outage of 12 s: at most %d attempts at a message, %d tries of the providers%n", most, injected().size());
        assertThat(most).as("attempts").isLessThanOrEqualTo(2);
        assertThat(worker.log()).contains("channel=email the provider is back", "channel=sms the provider is back");
    }

    private void assertAsInjected(Mission mission) {
        LedgerComparison both = mission.assertEverybodyPlanned();
        for (String channel : List.of("email", "sms")) {
            Set<String> ambiguous = addresses(channel, InjectedFault::ambiguous);
            Set<String> refused = addresses(channel, fault -> FOR_GOOD.contains(fault.kind()));
            assertInState(mission.run(), channel, "in_doubt", ambiguous);
            assertInState(mission.run(), channel, "failed", refused);
            int sent = (channel.equals("email") ? both.email() : both.sms()).sent();
            int planned = (channel.equals("email") ? both.email() : both.sms()).planned();
            assertThat(sent).as("%s sent", channel).isEqualTo(planned - ambiguous.size() - refused.size());
        }
        assertThat(both.email().doubtfulReceived() + both.sms().doubtfulReceived()).as("received although nobody could know")
                .isEqualTo((int) injected().stream().filter(fault -> fault.ambiguous() && fault.recorded()).count());
    }

    private Set<String> addresses(String channel, Predicate<InjectedFault> which) {
        return injected().stream().filter(fault -> fault.channel().equals(channel)).filter(which).map(InjectedFault::to)
                .collect(Collectors.toSet());
    }

    private List<InjectedFault> injected() {
        List<InjectedFault> all = scene.faults().injected();
        return all.subList(injectedBefore, all.size());
    }

    private static void assertInState(String run, String channel, String state, Set<String> expected) {
        List<Document> found = scene.ledger().inState(run, state).stream().filter(one -> one.getString("channel").equals(channel)).toList();
        assertThat(found).as("%s %s: %s", channel, state, found).extracting(one -> one.getString("address"))
                .containsExactlyInAnyOrderElementsOf(expected);
    }
}
