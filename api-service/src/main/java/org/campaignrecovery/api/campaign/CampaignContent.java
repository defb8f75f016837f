package org.campaignrecovery.api.campaign;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;

/**
 * What a campaign says, to whom, when and how: all that its author decides.
 *
 * @param channels null elements stand for names that are no channels
 * @param audience null when it is missing
 * @param schedule when a recurring campaign runs; null for a bulk one
 * @param startDate null when it is missing or cannot be read, as every other part
 */
record CampaignContent(String name, String description, List<Channel> channels, EmailContent email, SmsContent sms, Targets audience,
        Instant startDate, Instant endDate, String timeZone, CampaignDocument.Schedule schedule, CampaignDocument.Settings delivery) {

    static CampaignContent of(CampaignDocument campaign) {
        return new CampaignContent(campaign.name, campaign.description, campaign.channels, campaign.email, campaign.sms,
                new Targets.Known(campaign.audience), campaign.startDate, campaign.endDate,
                campaign.timeZone, campaign.schedule, campaign.delivery);
    }

    void writeTo(CampaignDocument campaign, CampaignDocument.Audience stored) {
        campaign.name = name;
        campaign.description = description;
        campaign.channels = channels;
        campaign.email = email;
        campaign.sms = sms;
        campaign.audience = stored;
        campaign.startDate = startDate;
        campaign.endDate = endDate;
        campaign.timeZone = timeZone;
        campaign.type = type();
        campaign.schedule = schedule;
        campaign.delivery = delivery;
    }

    CampaignType type() {
        return schedule == null ? CampaignType.BULK : CampaignType.RECURRING;
    }

    boolean uses(Channel channel) {
        return channels != null && channels.contains(channel);
    }
}
