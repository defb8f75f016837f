package org.campaignrecovery.worker.sending;

import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.circuit.CircuitPolicy;

/** The circuit of each channel's provider, of this process. */
@ApplicationScoped
public class Circuits {
    private final Map<Channel, ProviderCircuit> byChannel = new EnumMap<>(Channel.class);

    Circuits(SendingConfig config) {
        SendingConfig.CircuitConfig circuit = config.circuit();
        CircuitPolicy policy = new CircuitPolicy(circuit.failures(), circuit.openFor(), circuit.maxOpenFor());
        for (Channel channel : Channel.values()) {
            byChannel.put(channel, new ProviderCircuit(channel, policy, System::nanoTime));
        }
    }

    public ProviderCircuit of(Channel channel) {
        return byChannel.get(channel);
    }
}
