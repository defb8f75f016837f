package org.campaignrecovery.worker.testsend;

import static org.campaignrecovery.model.testsend.TestSendRules.claim;
import static org.campaignrecovery.model.testsend.TestSendRules.ended;
import static org.campaignrecovery.model.testsend.TestSendRules.refused;
import static org.campaignrecovery.model.testsend.TestSendRules.released;
import static org.campaignrecovery.model.testsend.TestSendRules.unreached;

import java.time.Duration;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.campaignrecovery.ledger.testsend.TestSendRepository;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.worker.batch.Stopping;
import org.campaignrecovery.worker.consent.ConsentLinks;
import org.campaignrecovery.worker.consent.MessageLinks;
import org.campaignrecovery.worker.delivery.ClaimTokens;
import org.campaignrecovery.worker.delivery.SendingSwitchRepository;
import org.campaignrecovery.worker.delivery.SuppressionRepository;
import org.campaignrecovery.worker.rate.Rates;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.ProviderCircuit;
import org.campaignrecovery.worker.sending.Senders;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * The way of one test message, the same as a campaign's: switch → the provider's circuit → render → suppressions → rate → claim → last gate →
 * send → record. It is handed over at most once, whatever becomes of it.
 */
@ApplicationScoped
class TestSending {
    private static final Logger LOG = Logger.getLogger(TestSending.class);

    private final TestSendRepository tests;
    private final SendingSwitchRepository control;
    private final Circuits circuits;
    private final Senders senders;
    private final ConsentLinks consent;
    private final SuppressionRepository suppressions;
    private final Rates rates;
    private final ClaimTokens tokens;
    private final Stopping stopping;
    private final LedgerClock clock;
    private final Duration claimLimit;

    TestSending(TestSendRepository tests, SendingSwitchRepository control, Circuits circuits, Senders senders, ConsentLinks consent,
            SuppressionRepository suppressions, Rates rates, ClaimTokens tokens, Stopping stopping, LedgerClock clock,
            SendingConfig config) {
        this.tests = tests;
        this.control = control;
        this.circuits = circuits;
        this.senders = senders;
        this.consent = consent;
        this.suppressions = suppressions;
        this.rates = rates;
        this.tokens = tokens;
        this.stopping = stopping;
        this.clock = clock;
        this.claimLimit = config.claimLimit();
    }

    /** Sends it if it may be sent now; else it waits for the next look. */
    Uni<Void> send(TestSendDocument test) {
        return control.read().chain(now -> now == Control.SENDING ? asTheProviderAllows(test) : Uni.createFrom().voidItem());
    }

    private Uni<Void> asTheProviderAllows(TestSendDocument test) {
        ProviderCircuit circuit = circuits.of(test.channel());
        ProviderCircuit.Entry entry = circuit.enter();
        return entry == ProviderCircuit.Entry.NONE
                ? Uni.createFrom().voidItem()
                : Uni.createFrom().deferred(() -> carryOut(test, circuit)).eventually(() -> circuit.leave(entry));
    }

    private Uni<Void> carryOut(TestSendDocument test, ProviderCircuit circuit) {
        return suppressions.among(test.channel(), List.of(test.address())).chain(suppressed -> suppressed.isEmpty()
                ? consent.links().chain(links -> prepared(test, links, circuit))
                : write(test, refused(test.id(), "on the suppression list", clock.now())));
    }

    private Uni<Void> prepared(TestSendDocument test, MessageLinks links, ProviderCircuit circuit) {
        RunContent content;
        MessageSender.Ready ready;
        try {
            content = TestMessages.content(test, links);
            ready = senders.of(test.channel()).prepare(content, TestMessages.delivery(test));
        } catch (ContentException | RuntimeException e) {
            return write(test, refused(test.id(), "cannot be rendered: " + e.getMessage(), clock.now()));
        }
        return rates.awaitCampaign(content, test.channel(), 1, TestSending::keepWaiting, stopping::now)
                .chain(() -> rates.awaitProvider(test.channel(), ready::units, TestSending::keepWaiting, stopping::now))
                .chain(() -> stopping.now() ? Uni.createFrom().voidItem() : claimed(test, ready, circuit));
    }

    /** Nobody minds how long a test waits for a rate. */
    private static void keepWaiting() {
    }

    private Uni<Void> claimed(TestSendDocument test, MessageSender.Ready ready, ProviderCircuit circuit) {
        ClaimToken token = tokens.next();
        long issued = System.nanoTime();
        MessageSender.Gate gate = () -> control.read()
                .map(now -> now == Control.SENDING && System.nanoTime() - issued < claimLimit.toNanos());
        return tests.won(claim(test.id(), token.toString(), clock.now()))
                .chain(won -> won ? handOver(test, ready, gate, token, circuit) : Uni.createFrom().voidItem())
                .onTermination().invoke(() -> tokens.settled(token));
    }

    private Uni<Void> handOver(TestSendDocument test, MessageSender.Ready ready, MessageSender.Gate gate, ClaimToken token,
            ProviderCircuit circuit) {
        return Uni.createFrom().deferred(() -> ready.send(gate, token, new Try(1, null))).onFailure()
                .recoverWithItem(failure -> ProviderAnswer.heard(new Outcome.Ambiguous("the sender failed: " + failure)))
                .chain(answer -> write(test, learned(test, token.toString(), answer, circuit)));
    }

    private GuardedUpdate learned(TestSendDocument test, String claim, ProviderAnswer answer, ProviderCircuit circuit) {
        if (answer == null) {
            return released(test.id(), claim);
        }
        circuit.hear(answer);
        if (answer.tooMuch()) {
            rates.slowDown(test.channel());
        }
        return answer.outcome() == null
                ? unreached(test.id(), claim, answer.trouble(), clock.now())
                : ended(test.id(), claim, answer.outcome(), clock.now());
    }

    private Uni<Void> write(TestSendDocument test, GuardedUpdate update) {
        return tests.won(update).invoke(won -> LOG.infof("test message campaign=%s test=%s channel=%s %s", test.campaignId(), test.id(),
                test.channel().wire(), won ? "has ended" : "was ended by somebody else")).replaceWithVoid();
    }
}
