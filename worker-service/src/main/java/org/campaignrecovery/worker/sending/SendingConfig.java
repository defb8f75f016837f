package org.campaignrecovery.worker.sending;

import java.time.Duration;
import java.util.OptionalInt;

import org.campaignrecovery.model.channel.Channel;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/**
 * How a process sends. {@code groups × group-size} is the number of messages of a channel without a recorded outcome that it holds at
 * most, and so what a crash can leave in doubt (promise P3).
 */
@ConfigMapping(prefix = "campaign.sending")
public interface SendingConfig {

    ChannelConfig email();

    SmsConfig sms();

    RetryConfig retry();

    CircuitConfig circuit();

    /** Messages that are not handed over this long after their claim was issued are released. */
    @WithDefault("5s")
    Duration claimLimit();

    /** A campaign's control state that was read longer ago does not count. */
    @WithDefault("1s")
    Duration controlLimit();

    /** A provider that has not answered after this leaves the message in doubt. */
    @WithDefault("10s")
    Duration providerTimeout();

    default GroupConfig groups(Channel channel) {
        return channel == Channel.EMAIL ? email() : sms();
    }

    /** Groups of one channel. */
    interface GroupConfig {

        int groups();

        int groupSize();

        int connections();

        OptionalInt ratePerSecond();
    }

    /** E-mail. */
    interface ChannelConfig extends GroupConfig {

        /** Groups under way in a process. */
        @Override
        @WithDefault("4")
        int groups();

        /** Messages of a group: claimed and recorded together. */
        @Override
        @WithDefault("16")
        int groupSize();

        /** Connections to the SMTP server. */
        @Override
        @WithDefault("32")
        int connections();

        /** E-mails a second to the SMTP server, of all workers together. No limit when it is not set. */
        @Override
        OptionalInt ratePerSecond();
    }

    /** SMS. */
    interface SmsConfig extends GroupConfig {

        /** Groups under way in a process. */
        @Override
        @WithDefault("4")
        int groups();

        /** Messages of a group: claimed and recorded together. */
        @Override
        @WithDefault("8")
        int groupSize();

        /** Requests to the SMS provider at a time. */
        @Override
        @WithDefault("16")
        int connections();

        /** Segments of SMS a second to the provider, of all workers together. No limit when it is not set. */
        @Override
        OptionalInt ratePerSecond();
    }

    /** When a provider is left alone that does not do its work. */
    interface CircuitConfig {

        /** Failures of the provider in a row, over all its connections, after which it is left alone. */
        @WithDefault("10")
        int failures();

        /** For so long at first, before one message tries it; twice as long after each try that fails. */
        @WithDefault("5s")
        Duration openFor();

        /** Never for longer, unless the provider asks for it. */
        @WithDefault("1m")
        Duration maxOpenFor();
    }

    /** What becomes of a message that was refused for now. */
    interface RetryConfig {

        /** Attempts in all. */
        @WithDefault("8")
        int maxAttempts();

        @WithDefault("5s")
        Duration firstDelay();

        @WithDefault("10m")
        Duration maxDelay();

        /** Part of a delay that chance may take off. */
        @WithDefault("0.3")
        double jitter();

        /** No try begins later than this after the first. */
        @WithDefault("24h")
        Duration maxAge();
    }
}
