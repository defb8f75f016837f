package org.campaignrecovery.api.testsend;

import java.util.List;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.channel.Channel;

/**
 * Whom a test message goes to.
 *
 * @param address normalised
 */
record TestRecipient(Channel channel, String address) {

    /** Fails with what to change when the request names nobody, or nobody to whom the campaign has something to say. */
    static TestRecipient of(TestSendRequest request, CampaignDocument campaign, AddressNormaliser normaliser) {
        if (request == null || (request.email() == null) == (request.phone() == null)) {
            throw wrong("email", "give either email or phone: to whom shall it be sent?");
        }
        Channel channel = request.email() == null ? Channel.SMS : Channel.EMAIL;
        String field = channel == Channel.EMAIL ? "email" : "phone";
        if (!campaign.channels.contains(channel)) {
            throw wrong(field, "the campaign sends no %s".formatted(channel == Channel.EMAIL ? "e-mail" : "SMS"));
        }
        Normalised to = normaliser.normalise(channel, channel == Channel.EMAIL ? request.email() : request.phone());
        if (!to.isValid()) {
            throw wrong(field, channel == Channel.EMAIL
                    ? "is no e-mail address"
                    : "is no phone number; write it with its country code, as +12025550123");
        }
        return new TestRecipient(channel, to.address());
    }

    private static RuntimeException wrong(String field, String message) {
        return ProblemType.VALIDATION.problem(List.of(new FieldError(field, message)));
    }
}
