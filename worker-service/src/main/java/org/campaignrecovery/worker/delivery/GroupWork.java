package org.campaignrecovery.worker.delivery;

import static org.campaignrecovery.model.delivery.DeliveryRules.Released.PENDING_AGAIN;

import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.crash.CrashPoint;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimResult;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.delivery.Control;
import org.campaignrecovery.model.delivery.DeliveryRules;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.batch.BatchHold;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.rate.Rates;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.ProviderCircuit;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.campaignrecovery.worker.trace.GroupTraces;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * The way of one group: the campaign's rate → render → suppressions → permit → control state → the provider's circuit → the provider's rate →
 * claim → last gate → send → record (R1 to R4 of the ledger's protocol). The permit is given back only when the outcome or the release of
 * every message is acknowledged, so that a process never holds more messages without a recorded outcome than its permits allow (promise P3).
 * As many groups as there are permits are prepared while others have them; what they know is asked again before the claim when it is not
 * fresh any more.
 */
@ApplicationScoped
public class GroupWork {
    private static final Logger LOG = Logger.getLogger(GroupWork.class);

    private final DeliveryRepository deliveries;
    private final Preparation preparation;
    private final Recorder recorder;
    private final ClaimTokens tokens;
    private final ControlReader control;
    private final LastGates gates;
    private final Rates rates;
    private final Circuits circuits;
    private final LastCall lastCall;
    private final DeliveryMeters meters;
    private final GroupTraces traces;
    private final LedgerClock clock;
    private final SendingConfig config;
    /** Of those that are under way, and as many that are prepared meanwhile: rendering and suppressions cost no time of a permit then. */
    private final Map<Channel, Permits> places = new EnumMap<>(Channel.class);
    private final Map<Channel, Permits> permits = new EnumMap<>(Channel.class);

    GroupWork(DeliveryRepository deliveries, Preparation preparation, Recorder recorder, ClaimTokens tokens, ControlReader control,
            LastGates gates, Rates rates, Circuits circuits, LastCall lastCall, DeliveryMeters meters, GroupTraces traces,
            LedgerClock clock, SendingConfig config) {
        this.deliveries = deliveries;
        this.preparation = preparation;
        this.recorder = recorder;
        this.tokens = tokens;
        this.control = control;
        this.gates = gates;
        this.rates = rates;
        this.circuits = circuits;
        this.lastCall = lastCall;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
        this.config = config;
        for (Channel channel : Channel.values()) {
            int groups = config.groups(channel).groups();
            permits.put(channel, new Permits(groups));
            places.put(channel, new Permits(2 * groups));
        }
    }

    /** How many groups of a channel can have something done to them at once. */
    public int atOnce(Channel channel) {
        return places.get(channel).total();
    }

    /** Number of groups under way on a channel: those that have a permit. */
    public int underWay(Channel channel) {
        return permits.get(channel).inUse();
    }

    /** How many messages of the run are a group. */
    public int size(RunContent run, Channel channel) {
        return rates.groupSize(run, channel, config.groups(channel).groupSize());
    }

    /**
     * Sends the members that can still be claimed. Does nothing when the lease is lost, the run may not send or the provider is left
     * alone. Once begun it goes on to its end also when nobody waits for it any more: a message that was handed over is recorded.
     */
    public Uni<Void> send(BatchHold hold, RunContent run, List<DeliveryDocument> members) {
        return atTheCampaignsRate(hold, run, members.size(), () -> holding(places.get(hold.channel()), hold,
                () -> whileAllowed(hold, run, () -> preparation.prepare(hold, run, members)
                        .chain(group -> group.isEmpty()
                                ? Uni.createFrom().voidItem()
                                : holding(permits.get(hold.channel()), hold,
                                        () -> whileAllowed(hold, run, () -> asTheProviderAllows(hold, run, group)))))))
                .memoize().indefinitely();
    }

    /** Who waits here has nothing that another campaign's groups need, however slow the rate is. */
    private Uni<Void> atTheCampaignsRate(BatchHold hold, RunContent run, int messages, Supplier<Uni<Void>> work) {
        return rates.groups(run, hold.channel())
                .map(groups -> holding(groups, hold, () -> whileAllowed(hold, run, () -> rates.awaitCampaign(run, hold.channel(), messages,
                        () -> waitsItsTurn(hold, groups), () -> givenUp(hold)).chain(() -> work.get()))))
                .orElseGet(work);
    }

    private static Uni<Void> holding(Permits some, BatchHold hold, Supplier<Uni<Void>> work) {
        return some.acquire(hold.batch().run(), hold::waitsItsTurn)
                .chain(permit -> Uni.createFrom().deferred(() -> work.get()).eventually(permit::release));
    }

    private Uni<Void> whileAllowed(BatchHold hold, RunContent run, Supplier<Uni<Void>> work) {
        if (givenUp(hold)) {
            return Uni.createFrom().voidItem();
        }
        return control.read(run)
                .chain(reading -> reading.control() == Control.SENDING ? work.get() : Uni.createFrom().voidItem());
    }

    /** A provider in trouble gets nothing, and now and then one message. */
    private Uni<Void> asTheProviderAllows(BatchHold hold, RunContent run, PreparedGroup group) {
        ProviderCircuit circuit = circuits.of(hold.channel());
        ProviderCircuit.Entry entry = circuit.enter();
        PreparedGroup allowed = entry == ProviderCircuit.Entry.PROBE ? group.oneOf() : group;
        return entry == ProviderCircuit.Entry.NONE
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .deferred(() -> inItsTurn(hold, run, allowed, new Pass(circuit, entry, () -> rates.slowDown(hold.channel()))))
                        .eventually(() -> circuit.leave(entry));
    }

    /** Waits for the provider's rate, and asks again who is suppressed when that, or the wait for the permit, has taken its time. */
    private Uni<Void> inItsTurn(BatchHold hold, RunContent run, PreparedGroup group, Pass pass) {
        return rates.awaitProvider(hold.channel(), group::units,
                () -> waitsItsTurn(hold, permits.get(hold.channel()), places.get(hold.channel())), () -> givenUp(hold))
                .chain(() -> givenUp(hold) ? Uni.createFrom().item(group) : preparation.refreshed(hold, group))
                .chain(fresh -> fresh.isEmpty() || givenUp(hold)
                        ? Uni.createFrom().voidItem()
                        : claim(hold, run, fresh.members(), pass));
    }

    /** So do all groups that wait behind this one. */
    private static void waitsItsTurn(BatchHold hold, Permits... behind) {
        hold.waitsItsTurn();
        for (Permits permits : behind) {
            permits.waitOn();
        }
    }

    /** Whoever stops begins nothing more, however long it has waited for its turn. */
    private boolean givenUp(BatchHold hold) {
        return hold.lost() || lastCall.closing();
    }

    /** R1. An unknown claim is not a claim: its token is burnt, and nothing under it is ever handed to a provider. */
    private Uni<Void> claim(BatchHold hold, RunContent run, Map<String, PreparedGroup.Member> group, Pass pass) {
        CrashPoint.BEFORE_CLAIM.reach();
        ClaimToken token = tokens.next();
        long issued = System.nanoTime();
        Set<String> ids = group.keySet();
        Uni<Long> claim = deliveries.claim(DeliveryRules.claim(hold.id(), ids, hold.epoch(), token, clock.now()));
        Uni<Set<String>> mine = traces.claiming(ids, meters.claiming(hold.channel(), claim))
                .chain(modified -> ClaimResult.of(ids.size(), modified) == ClaimResult.ALL_MINE
                        ? Uni.createFrom().item(ids)
                        : readBack(ids, token));
        return mine.onItemOrFailure().transformToUni((claimed, failure) -> {
            if (failure != null) {
                LOG.warnf("claim=%s batch=%s has no known outcome (%s): nothing of it is sent, its messages are released", token, hold.id(),
                        failure.getMessage());
                return recorder.release(hold, token, ids, PENDING_AGAIN);
            }
            CrashPoint.AFTER_CLAIM.reach();
            hold.moved(claimed, DeliveryState.SENDING);
            return handOver(hold, token, claimed, group, gates.of(run, issued, pass::stillValid), pass);
        }).invoke(() -> tokens.settled(token));
    }

    private Uni<Set<String>> readBack(Set<String> ids, ClaimToken token) {
        return deliveries.claimedUnder(ids, token.toString())
                .map(found -> found.stream().map(DeliveryRepository.Standing::id).collect(Collectors.toCollection(HashSet::new)));
    }

    private Uni<Void> handOver(BatchHold hold, ClaimToken token, Set<String> claimed, Map<String, PreparedGroup.Member> group,
            LastGates.Gate gate,
            Pass pass) {
        if (claimed.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        List<Uni<Attempt>> attempts = claimed.stream().map(group::get).map(member -> attempt(member, token, gate, pass)).toList();
        return Uni.join().all(attempts).andCollectFailures()
                .chain(ended -> traces.recording(claimed,
                        meters.recording(hold.channel(), recorder.record(hold, token, ended, gate.released()))))
                .invoke(CrashPoint.AFTER_RECORD::reach);
    }

    private Uni<Attempt> attempt(PreparedGroup.Member member, ClaimToken token, LastGates.Gate gate, Pass pass) {
        Uni<ProviderAnswer> sent = traces.sending(member.delivery(),
                Uni.createFrom().deferred(() -> member.ready().send(gate, token, attemptAt(member.delivery()))));
        Uni<ProviderAnswer> answered = meters.sending(member.delivery().channel(), sent).onFailure()
                .recoverWithItem(failure -> ProviderAnswer.heard(new Outcome.Ambiguous("the sender failed: " + failure)));
        Uni<ProviderAnswer> stopped = lastCall.heard()
                .invoke(() -> LOG.warnf("delivery=%s batch=%s the provider has not answered within the grace period: it is in doubt",
                        member.delivery().id(), member.delivery().batch()))
                .map(last -> ProviderAnswer.heard(
                        new Outcome.Ambiguous("the worker was told to stop, and the provider had not answered within its grace period")));
        return Uni.join().first(answered, stopped).toTerminate().invoke(GroupWork::ended)
                .map(answer -> new Attempt(member.delivery().id(), answer == null ? null : pass.outcome(answer)));
    }

    private static void ended(ProviderAnswer answer) {
        if (answer != null && answer.outcome() instanceof Outcome.Accepted) {
            CrashPoint.AFTER_ACCEPTANCE.reach();
        }
    }

    private static Try attemptAt(DeliveryDocument delivery) {
        return new Try(delivery.attempt() + 1, delivery.firstAttemptAt());
    }

    /** What a group was let in as by the circuit of its provider. */
    private record Pass(ProviderCircuit circuit, ProviderCircuit.Entry entry, Runnable slowDown) {

        boolean stillValid() {
            return circuit.stillOpenTo(entry);
        }

        /** A probe that finds the provider still in trouble, and is known not to have been taken, does not count as a try. */
        Outcome outcome(ProviderAnswer answer) {
            circuit.hear(answer);
            if (answer.tooMuch()) {
                slowDown.run();
            }
            boolean inVain = entry == ProviderCircuit.Entry.PROBE && answer.trouble() != null;
            return inVain && answer.outcome() instanceof Outcome.RefusedForNow ? null : answer.outcome();
        }
    }

    /** @param outcome null when the message was not handed over */
    record Attempt(String delivery, Outcome outcome) {
    }
}
