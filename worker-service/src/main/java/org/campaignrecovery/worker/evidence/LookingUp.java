package org.campaignrecovery.worker.evidence;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.evidence.Acceptance;
import org.campaignrecovery.ledger.evidence.Acceptance.Effect;
import org.campaignrecovery.ledger.evidence.DoubtMeters;
import org.campaignrecovery.ledger.evidence.EvidenceDocument;
import org.campaignrecovery.ledger.evidence.EvidenceRepository;
import org.campaignrecovery.ledger.evidence.ProviderEvidence;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.evidence.EvidenceId;
import org.campaignrecovery.model.evidence.LookUp;
import org.campaignrecovery.model.evidence.LookUpPolicy;
import org.campaignrecovery.worker.run.RunContents;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.sms.SmsLookUp;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Asks the SMS provider about one message in doubt. A message that it finds is sent; one that it does not find stays in doubt, with that
 * noted: absence proves nothing.
 */
@ApplicationScoped
class LookingUp {
    private static final Logger LOG = Logger.getLogger(LookingUp.class);

    private final DoubtfulDeliveryRepository deliveries;
    private final RunContents contents;
    private final SmsLookUp provider;
    private final ProviderEvidence evidence;
    private final EvidenceRepository notes;
    private final DoubtMeters meters;
    private final LedgerClock clock;
    private final LookUpConfig config;
    private final LookUpPolicy policy;

    LookingUp(DoubtfulDeliveryRepository deliveries, RunContents contents, SmsLookUp provider, ProviderEvidence evidence,
            EvidenceRepository notes, DoubtMeters meters, LedgerClock clock, LookUpConfig config) {
        this.deliveries = deliveries;
        this.contents = contents;
        this.provider = provider;
        this.evidence = evidence;
        this.notes = notes;
        this.meters = meters;
        this.clock = clock;
        this.config = config;
        this.policy = new LookUpPolicy(config.after(), config.again());
    }

    LookUpPolicy policy() {
        return policy;
    }

    /** Does nothing when another process has begun to ask. Fails when the provider does not answer: it is asked again later. */
    Uni<Void> ask(DeliveryDocument doubt) {
        Instant until = now().plus(config.patience());
        return deliveries.won(DeliveryRules.beginLookUp(doubt.id(), doubt.claim(), doubt.lookUpAt(), until)).chain(won -> won
                ? contents.of(doubt.run()).chain(run -> find(run, doubt)).chain(finding -> carryOut(finding, doubt, until))
                : Uni.createFrom().voidItem());
    }

    /** Of a delivery without a claim the ledger was restored from a backup: it was sent since its run was due, if it was. */
    private Uni<LookUp.Finding> find(RunContent run, DeliveryDocument doubt) {
        Instant begun = doubt.claimedAt() == null ? run.scheduledFor() : doubt.claimedAt();
        return provider.list(doubt.address(), begun, doubt.at()).chain(answer -> {
            LookUp question = provider.question(run, doubt, begun, doubt.at(), answer.ahead(), config.tolerance());
            return evidence.known(SmsLookUp.PROVIDER, answer.listed().stream().map(LookUp.Listed::id).collect(Collectors.toSet()))
                    .map(known -> answer.whole()
                            ? question.find(answer.listed(), known)
                            : new LookUp.Several(answer.listed().size()));
        });
    }

    private Uni<Void> carryOut(LookUp.Finding finding, DeliveryDocument doubt, Instant until) {
        if (finding instanceof LookUp.Found found) {
            return evidence.accepted(new Acceptance(SmsLookUp.PROVIDER, found.providerId(), doubt.id(), doubt.claim(),
                    "found at the provider, looked up at " + now())).chain(effect -> tell(effect, doubt, until));
        }
        return inVain(doubt, until, finding instanceof LookUp.Several several
                ? "looked up at %s: %d messages could be it".formatted(now(), several.candidates())
                : "looked up at %s, not found".formatted(now()));
    }

    private Uni<Void> tell(Effect effect, DeliveryDocument doubt, Instant until) {
        if (effect == Effect.ANOTHERS) {
            return inVain(doubt, until, "looked up at %s: what was found is another delivery's".formatted(now()));
        }
        if (effect == Effect.RESOLVED) {
            meters.resolved(DoubtMeters.Source.LOOK_UP, Channel.SMS, DeliveryState.SENT, 1);
            LOG.infof("resolved delivery=%s batch=%s run=%s: it was in doubt, and the provider has it", doubt.id(), doubt.batch(),
                    doubt.run());
        } else if (effect == Effect.POSSIBLY_TWICE) {
            meters.possiblyTwice(Channel.SMS);
        }
        return Uni.createFrom().voidItem();
    }

    private Uni<Void> inVain(DeliveryDocument doubt, Instant until, String fact) {
        int lookUps = (doubt.lookUps() == null ? 0 : doubt.lookUps()) + 1;
        Instant next = policy.next(lookUps, now()).orElse(null);
        LOG.infof("in doubt delivery=%s run=%s %s; %s", doubt.id(), doubt.run(), fact,
                next == null ? "it is left to an operator" : "it is asked about again at " + next);
        return notes.append(new EvidenceDocument(EvidenceId.lookUp(SmsLookUp.PROVIDER, doubt.id(), doubt.claim(), lookUps), doubt.id(),
                doubt.claim(), DeliveryState.IN_DOUBT.wire(), fact, now()))
                .chain(() -> deliveries.won(DeliveryRules.lookedUpInVain(doubt.id(), doubt.claim(), until, lookUps, next)))
                .replaceWithVoid();
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
