package org.campaignrecovery.worker.delivery;

import static org.campaignrecovery.model.delivery.DeliveryRules.Released.PENDING_AGAIN;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
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
import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.batch.BatchHold;
import org.campaignrecovery.worker.permit.Permits;
import org.campaignrecovery.worker.rate.Rates;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.Circuits;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.campaignrecovery.worker.sending.ProviderCircuit;
import org.campaignrecovery.worker.sending.Senders;
import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.Try;
import org.campaignrecovery.worker.trace.GroupTraces;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * The way of one group: permit → control state → the provider's circuit → render → suppressions → rate tokens → claim → last gate →
 * send → record (R1 to R4 of the ledger's protocol). The permit is given back only when the outcome or the release of every message is
 * acknowledged, so that a process never holds more messages without a recorded outcome than its permits allow (promise P3).
 */
@ApplicationScoped
public class GroupWork {
    private static final Logger LOG = Logger.getLogger(GroupWork.class);
    private static final long SUPPRESSIONS_HOLD_NANOS = Duration.ofSeconds(1).toNanos();

    private final DeliveryRepository deliveries;
    private final SuppressionRepository suppressions;
    private final Recorder recorder;
    private final ClaimTokens tokens;
    private final ControlReader control;
    private final LastGates gates;
    private final Senders senders;
    private final Rates rates;
    private final Circuits circuits;
    private final LastCall lastCall;
    private final DeliveryMeters meters;
    private final GroupTraces traces;
    private final LedgerClock clock;
    private final Map<Channel, Permits> permits = new EnumMap<>(Channel.class);

    GroupWork(DeliveryRepository deliveries, SuppressionRepository suppressions, Recorder recorder, ClaimTokens tokens,
            ControlReader control, LastGates gates, Senders senders, Rates rates, Circuits circuits, LastCall lastCall,
            DeliveryMeters meters, GroupTraces traces, LedgerClock clock, SendingConfig config) {
        this.deliveries = deliveries;
        this.suppressions = suppressions;
        this.recorder = recorder;
        this.tokens = tokens;
        this.control = control;
        this.gates = gates;
        this.senders = senders;
        this.rates = rates;
        this.circuits = circuits;
        this.lastCall = lastCall;
        this.meters = meters;
        this.traces = traces;
        this.clock = clock;
        for (Channel channel : Channel.values()) {
            permits.put(channel, new Permits(config.groups(channel).groups()));
        }
    }

    /** Number of groups under way on a channel. */
    public int underWay(Channel channel) {
        return permits.get(channel).inUse();
    }

    /**
     * Sends the members that can still be claimed. Does nothing when the lease is lost, the run may not send or the provider is left
     * alone. Once begun it goes on to its end also when nobody waits for it any more: a message that was handed over is recorded.
     */
    public Uni<Void> send(BatchHold hold, RunContent run, List<DeliveryDocument> members) {
        return permits.get(hold.channel()).acquire(hold::waitsItsTurn)
                .chain(permit -> Uni.createFrom().deferred(() -> whileAllowed(hold, run, members)).eventually(permit::release))
                .memoize().indefinitely();
    }

    private Uni<Void> whileAllowed(BatchHold hold, RunContent run, List<DeliveryDocument> members) {
        if (hold.lost()) {
            return Uni.createFrom().voidItem();
        }
        return control.read(run).chain(reading -> reading.control() == Control.SENDING
                ? asTheProviderAllows(hold, run, members)
                : Uni.createFrom().voidItem());
    }

    /** A provider in trouble gets nothing, and now and then one message. */
    private Uni<Void> asTheProviderAllows(BatchHold hold, RunContent run, List<DeliveryDocument> members) {
        ProviderCircuit circuit = circuits.of(hold.channel());
        ProviderCircuit.Entry entry = circuit.enter();
        List<DeliveryDocument> allowed = switch (entry) {
            case ALL -> members;
            case PROBE -> members.stream().min(Comparator.comparingInt(DeliveryDocument::attempt)).stream().toList();
            case NONE -> List.of();
        };
        return allowed.isEmpty()
                ? Uni.createFrom().voidItem()
                : Uni.createFrom()
                        .deferred(() -> carryOut(hold, run, allowed, new Pass(circuit, entry, () -> rates.slowDown(hold.channel()))))
                        .eventually(() -> circuit.leave(entry));
    }

    private Uni<Void> carryOut(BatchHold hold, RunContent run, List<DeliveryDocument> members, Pass pass) {
        Map<String, Rendered> rendered = new LinkedHashMap<>();
        Map<String, List<String>> unrenderable = new LinkedHashMap<>();
        MessageSender sender = senders.of(hold.channel());
        for (DeliveryDocument member : members) {
            try {
                rendered.put(member.id(), new Rendered(member, sender.prepare(run, member)));
            } catch (RuntimeException e) {
                unrenderable.computeIfAbsent("cannot be rendered: " + e.getMessage(), reason -> new ArrayList<>()).add(member.id());
            }
        }
        return discardAll(hold, unrenderable).chain(() -> withoutSuppressed(hold, rendered))
                .chain(group -> group.isEmpty() ? Uni.createFrom().item(group) : inItsTurn(hold, run, group))
                .chain(group -> group.isEmpty() || givenUp(hold) ? Uni.createFrom().voidItem() : claim(hold, run, group, pass));
    }

    /** Waits for the rates, and asks again who is suppressed when that has taken its time. */
    private Uni<Map<String, Rendered>> inItsTurn(BatchHold hold, RunContent run, Map<String, Rendered> group) {
        long asked = System.nanoTime();
        return rates.await(run, hold.channel(), group.size(), () -> units(group), () -> waitsItsTurn(hold), () -> givenUp(hold))
                .chain(() -> givenUp(hold) || System.nanoTime() - asked < SUPPRESSIONS_HOLD_NANOS
                        ? Uni.createFrom().item(group)
                        : withoutSuppressed(hold, group));
    }

    private static int units(Map<String, Rendered> group) {
        return group.values().stream().mapToInt(member -> member.ready.units()).sum();
    }

    /** So do all groups that wait for this one's permit. */
    private void waitsItsTurn(BatchHold hold) {
        hold.waitsItsTurn();
        permits.get(hold.channel()).waitOn();
    }

    /** Whoever stops begins nothing more, however long it has waited for its turn. */
    private boolean givenUp(BatchHold hold) {
        return hold.lost() || lastCall.closing();
    }

    private Uni<Void> discardAll(BatchHold hold, Map<String, List<String>> byReason) {
        Uni<Void> done = Uni.createFrom().voidItem();
        for (var entry : byReason.entrySet()) {
            done = done.chain(() -> discard(hold, entry.getValue(), Released.failed(entry.getKey())));
        }
        return done;
    }

    private Uni<Void> discard(BatchHold hold, Collection<String> ids, Released to) {
        return deliveries.modified(DeliveryRules.discard(hold.id(), ids, hold.epoch(), to, clock.now()))
                .invoke(discarded -> meters.moved(hold.channel(), to.state(), discarded))
                .invoke(() -> hold.moved(ids, to.state())).replaceWithVoid();
    }

    private Uni<Map<String, Rendered>> withoutSuppressed(BatchHold hold, Map<String, Rendered> group) {
        if (group.isEmpty()) {
            return Uni.createFrom().item(group);
        }
        List<String> addresses = group.values().stream().map(member -> member.delivery.address()).toList();
        return suppressions.among(hold.channel(), addresses).chain(suppressed -> {
            if (suppressed.isEmpty()) {
                return Uni.createFrom().item(group);
            }
            List<String> ids = group.values().stream().filter(member -> suppressed.contains(member.delivery.address()))
                    .map(member -> member.delivery.id()).toList();
            ids.forEach(group::remove);
            return discard(hold, ids, Released.suppressed("on the suppression list")).replaceWith(group);
        });
    }

    /** R1. An unknown claim is not a claim: its token is burnt, and nothing under it is ever handed to a provider. */
    private Uni<Void> claim(BatchHold hold, RunContent run, Map<String, Rendered> group, Pass pass) {
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

    private Uni<Void> handOver(BatchHold hold, ClaimToken token, Set<String> claimed, Map<String, Rendered> group, LastGates.Gate gate,
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

    private Uni<Attempt> attempt(Rendered member, ClaimToken token, LastGates.Gate gate, Pass pass) {
        Uni<ProviderAnswer> sent = traces.sending(member.delivery,
                Uni.createFrom().deferred(() -> member.ready.send(gate, token, attemptAt(member.delivery))));
        Uni<ProviderAnswer> answered = meters.sending(member.delivery.channel(), sent).onFailure()
                .recoverWithItem(failure -> ProviderAnswer.heard(new Outcome.Ambiguous("the sender failed: " + failure)));
        Uni<ProviderAnswer> stopped = lastCall.heard()
                .invoke(() -> LOG.warnf("delivery=%s batch=%s the provider has not answered within the grace period: it is in doubt",
                        member.delivery.id(), member.delivery.batch()))
                .map(last -> ProviderAnswer.heard(
                        new Outcome.Ambiguous("the worker was told to stop, and the provider had not answered within its grace period")));
        return Uni.join().first(answered, stopped).toTerminate().invoke(GroupWork::ended)
                .map(answer -> new Attempt(member.delivery.id(), answer == null ? null : pass.outcome(answer)));
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

    private record Rendered(DeliveryDocument delivery, MessageSender.Ready ready) {
    }

    /** @param outcome null when the message was not handed over */
    record Attempt(String delivery, Outcome outcome) {
    }
}
