package org.campaignrecovery.api.testsend;

import java.time.Instant;

import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A test message.
 *
 * @param to the normalised address
 * @param state {@code requested}, {@code sending}, {@code sent}, {@code failed} or {@code in_doubt}
 * @param reason why it was not sent, or may not have been
 * @param endedAt missing as long as it may change
 */
@Schema(name = "TestSend", requiredProperties = {"id", "campaignId", "channel", "to", "state", "requestedBy", "requestedAt"})
@JsonInclude(JsonInclude.Include.NON_NULL)
record TestSendView(String id, String campaignId, String channel, String to, String state, String reason, String requestedBy,
        Instant requestedAt, Instant endedAt) {

    static TestSendView of(TestSendDocument test) {
        return new TestSendView(test.id(), test.campaignId(), test.channel().wire(), test.address(), test.state().wire(), test.reason(),
                test.requestedBy(), test.requestedAt(), test.endedAt());
    }
}
