package org.campaignrecovery.worker.testsend;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.model.testsend.TestMark;
import org.campaignrecovery.worker.consent.MessageLinks;
import org.campaignrecovery.worker.run.RunContents.RunContent;

/** A test message in the words of the senders, so that it takes their way: a delivery of a run, neither of which is in the ledger. */
final class TestMessages {
    /** What the message's headers say instead of a run. */
    private static final String RUN = "test:";

    private TestMessages() {
    }

    /** Its content, marked. */
    static RunContent content(TestSendDocument test, MessageLinks links) throws ContentException {
        EmailContent email = TestMark.on(test.email());
        SmsContent sms = TestMark.on(test.sms());
        RunDocument.Frozen frozen = new RunDocument.Frozen(List.of(test.channel()), email, sms, CampaignDocument.Audience.NOBODY,
                CampaignDocument.Settings.DEFAULT, null, null, null, 0);
        return new RunContent(RUN + test.id(), test.campaignId(), test.campaignName(), test.requestedAt(), frozen,
                ContentTemplates.compile(email, sms), links);
    }

    static DeliveryDocument delivery(TestSendDocument test) {
        Instant now = test.requestedAt();
        return DeliveryDocument.pending(test.id(), RUN + test.id(), RUN, test.channel(), test.address(), null, test.data(), now);
    }
}
