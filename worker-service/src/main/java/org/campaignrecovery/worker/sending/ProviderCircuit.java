package org.campaignrecovery.worker.sending;

import java.time.Duration;
import java.util.function.LongSupplier;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.circuit.Circuit;
import org.campaignrecovery.model.circuit.CircuitPolicy;
import org.jboss.logging.Logger;

/**
 * Leaves a provider alone that does not do its work: nothing is claimed for it meanwhile, so that its trouble uses up no attempts and
 * leaves little doubt. Safe for any thread.
 */
public final class ProviderCircuit {
    private static final Logger LOG = Logger.getLogger(ProviderCircuit.class);

    /** What may be claimed. */
    public enum Entry {
        ALL,
        /** One message, to see whether the provider is back. */
        PROBE,
        NONE
    }

    private final Channel channel;
    private final CircuitPolicy policy;
    private final LongSupplier nanos;
    private Circuit circuit = Circuit.FRESH;

    /** @param nanos the monotonic clock */
    ProviderCircuit(Channel channel, CircuitPolicy policy, LongSupplier nanos) {
        this.channel = channel;
        this.policy = policy;
        this.nanos = nanos;
    }

    /** Asked before a claim. Whoever is let in as a probe says {@link #leave} at the end, whatever happened. */
    public synchronized Entry enter() {
        if (circuit instanceof Circuit.Closed) {
            return Entry.ALL;
        }
        if (!policy.mayProbe(circuit, nanos.getAsLong())) {
            return Entry.NONE;
        }
        circuit = policy.probed(circuit);
        return Entry.PROBE;
    }

    public synchronized void leave(Entry entry) {
        if (entry == Entry.PROBE) {
            circuit = policy.unproven(circuit, nanos.getAsLong());
        }
    }

    /** Asked at the last gate: a claim of a moment ago may have been overtaken by trouble. */
    public synchronized boolean stillOpenTo(Entry entry) {
        return circuit instanceof Circuit.Closed || entry == Entry.PROBE && circuit instanceof Circuit.Probing;
    }

    /** How long nothing will be let in; zero when something would be now. */
    public synchronized Duration pause() {
        return policy.pause(circuit, nanos.getAsLong());
    }

    /** @param answer to a message that was let in */
    public synchronized void hear(ProviderAnswer answer) {
        Circuit before = circuit;
        circuit = answer.trouble() == null
                ? policy.succeeded(circuit)
                : policy.failed(circuit, nanos.getAsLong(), answer.pause());
        if (circuit instanceof Circuit.Open && !(before instanceof Circuit.Open)) {
            LOG.warnf("channel=%s the provider is left alone for %.1f s: %s; nothing is claimed meanwhile, then one message tries it",
                    channel.wire(), pause().toMillis() / 1e3, answer.trouble());
        } else if (circuit instanceof Circuit.Closed && before instanceof Circuit.Probing) {
            LOG.infof("channel=%s the provider is back", channel.wire());
        }
    }

    public synchronized Circuit state() {
        return circuit;
    }

    /** The state in words. */
    public synchronized String description() {
        if (circuit instanceof Circuit.Open open) {
            return "open for %d s more, the %d. time in a row".formatted(pause().toSeconds(), open.openings());
        }
        return circuit instanceof Circuit.Probing ? "half-open: a message tries the provider" : "closed";
    }
}
