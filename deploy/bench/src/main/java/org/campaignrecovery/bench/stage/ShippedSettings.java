package org.campaignrecovery.bench.stage;

import java.time.Duration;

import org.campaignrecovery.worker.sending.SendingConfig;
import org.campaignrecovery.worker.sending.email.EmailConfig;

import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;

/**
 * What a worker has when nobody sets anything: whatever is compared with it gets the same.
 *
 * @param connections to the mail server
 * @param unrecorded e-mails that are under way at once
 * @param timeout of a message
 * @param idle time after which a connection is not used again
 * @param beforeDot for which a connection must stay open after a message
 */
public record ShippedSettings(int connections, int unrecorded, Duration timeout, Duration idle, Duration beforeDot) {

    public static ShippedSettings read() {
        SmallRyeConfig config = new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withMapping(SendingConfig.class).withMapping(EmailConfig.class).build();
        SendingConfig sending = config.getConfigMapping(SendingConfig.class);
        EmailConfig smtp = config.getConfigMapping(EmailConfig.class);
        return new ShippedSettings(sending.email().connections(), sending.email().groups() * sending.email().groupSize(),
                sending.providerTimeout(), smtp.idle(), smtp.beforeDot());
    }
}
