package org.campaignrecovery.api.campaign;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;

/**
 * A campaign's content as it would be sent.
 *
 * @param email with both parts, or null when the campaign sends none
 * @param sms null when the campaign sends none
 */
public record CampaignTemplates(EmailContent email, SmsContent sms, ContentTemplates compiled) {

    /** Fails with a conflict that says why when it is no template. */
    public static CampaignTemplates of(CampaignDocument campaign) {
        return of(campaign, campaign.channels.contains(Channel.EMAIL), campaign.channels.contains(Channel.SMS));
    }

    /** Those of one channel, which the campaign has; fails as {@link #of(CampaignDocument)} does. */
    public static CampaignTemplates of(CampaignDocument campaign, Channel channel) {
        return of(campaign, channel == Channel.EMAIL, channel == Channel.SMS);
    }

    private static CampaignTemplates of(CampaignDocument campaign, boolean withEmail, boolean withSms) {
        EmailContent email = withEmail ? DerivedParts.complete(campaign.email) : null;
        SmsContent sms = withSms ? campaign.sms : null;
        try {
            return new CampaignTemplates(email, sms, ContentTemplates.compile(email, sms));
        } catch (ContentException e) {
            throw ProblemType.CONFLICT.problem("the campaign cannot be rendered: " + e.getMessage());
        }
    }
}
