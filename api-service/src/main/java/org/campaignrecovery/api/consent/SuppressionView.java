package org.campaignrecovery.api.consent;

import java.time.Instant;

import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * An address that is never sent to.
 *
 * @param by missing when its owner did it
 * @param runId the run whose message was answered
 */
@Schema(name = "Suppression", requiredProperties = {"id", "channel", "address", "reason", "since"})
record SuppressionView(String id, String channel, String address, String reason, Instant since, String by, String runId, String note) {

    static SuppressionView of(SuppressionDocument one) {
        Channel channel = one.channel();
        SuppressionReason reason = one.reason();
        return new SuppressionView(one.id(), channel == null ? null : channel.wire(), one.address(), reason == null ? null : reason.wire(),
                one.since(), one.by(), one.run(), one.note());
    }
}
