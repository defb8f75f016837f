package org.campaignrecovery.worker.sending;

import java.util.EnumMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.Instance;

import org.campaignrecovery.model.channel.Channel;

/** The sender of each channel. */
@ApplicationScoped
public class Senders {
    private final Map<Channel, MessageSender> byChannel = new EnumMap<>(Channel.class);

    Senders(@Any Instance<MessageSender> senders) {
        senders.forEach(sender -> byChannel.put(sender.channel(), sender));
    }

    public MessageSender of(Channel channel) {
        return byChannel.get(channel);
    }
}
