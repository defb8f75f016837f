package org.campaignrecovery.worker.sending;

import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

import org.campaignrecovery.ledger.clock.FixedLedgerClock;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.worker.consent.MessageLinks;
import org.campaignrecovery.worker.fixture.TestRuns;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.email.EmailConfig;
import org.campaignrecovery.worker.sending.sms.SmsConfig;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;

/** What senders need, without a container. */
public final class SenderSettings {
    public static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    public static final ClaimToken CLAIM = new ClaimToken("boot", 7);

    private SenderSettings() {
    }

    public static <T> T of(Class<T> mapping, Map<String, String> settings) {
        return new SmallRyeConfigBuilder().addDefaultInterceptors().addDiscoveredConverters()
                .withSources(new PropertiesConfigSource(new TreeMap<>(settings), "test", 1))
                .withMapping(SendingConfig.class).withMapping(EmailConfig.class).withMapping(SmsConfig.class).build()
                .getConfigMapping(mapping);
    }

    public static Retries retries(Map<String, String> settings) {
        return new Retries(of(SendingConfig.class, settings), new FixedLedgerClock(NOW));
    }

    public static RunContent run(EmailContent email) throws ContentException {
        return run(email, MessageLinks.NONE);
    }

    public static RunContent run(EmailContent email, MessageLinks links) throws ContentException {
        RunDocument run = TestRuns.with(TestRuns.planning(Channel.EMAIL, Channel.SMS), email);
        return new RunContent(run.id, run.campaignId, run.campaignName, run.scheduledFor, run.frozen,
                ContentTemplates.compile(email, TestRuns.SMS), links);
    }

    public static DeliveryDocument delivery(Channel channel, String address, Map<String, String> data) {
        return DeliveryDocument.pending("Zm9vYmFyYmF6cXV4MTIzNDU2", "c@2026-11-23T10:00:00Z", "c@2026-11-23T10:00:00Z:0:" + channel.wire(),
                channel, address, "1", data, NOW);
    }
}
