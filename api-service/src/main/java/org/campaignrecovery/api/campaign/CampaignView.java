package org.campaignrecovery.api.campaign;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.api.audience.AudienceView;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/** A campaign as the API shows it. What is not known or does not apply is left out. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Campaign", requiredProperties = {"id", "rev", "status", "name", "type", "channels", "startDate", "timeZone", "delivery",
        "createdBy", "createdAt", "updatedAt", "contentHash"})
public class CampaignView {
    public String id;
    public long rev;
    public String status;
    public String name;
    public String description;
    public String type;
    public List<String> channels;
    public EmailContent email;
    public SmsContent sms;
    @Schema(description = "In the answers about one campaign, up to 100,000; lists leave it out")
    public List<String> targetedCustomerIds;
    public AudienceView audience;
    @Schema(description = "The number of targeted customers, unless all are or a filter finds them")
    public Long audienceSize;
    public Instant startDate;
    public Instant endDate;
    public String timeZone;
    public String frequency;
    @Schema(description = "Of RFC 5545", examples = "FREQ=WEEKLY;BYDAY=MO,TH")
    public String recurrenceRule;
    public Delivery delivery;
    public Instant nextRunAt;
    public CampaignDocument.Current current;
    @Schema(description = "Where a paused campaign goes back to")
    public String pausedFrom;
    @Schema(description = "Put away; lists leave it out unless they are asked for what was put away")
    public Boolean archived;
    public CampaignDocument.Performance performance;
    public String createdBy;
    public Instant createdAt;
    public String approvedBy;
    public Instant approvedAt;
    public String rejectedBy;
    public String rejectionReason;
    public Instant updatedAt;
    @Schema(description = "Fingerprint of content, audience and schedule; what is approved is this and nothing else")
    public String contentHash;

    /** How it is sent. */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "DeliverySettings", requiredProperties = {"onDoubt", "catchUpWindow"})
    public record Delivery(String onDoubt, Integer ratePerSecond, String catchUpWindow, CampaignDocument.Window sendWindow) {

        static Delivery of(CampaignDocument.Settings settings) {
            return new Delivery(settings.onDoubt().wire(), settings.ratePerSecond(), settings.catchUpWindow(), settings.sendWindow());
        }
    }

    public static CampaignView of(CampaignDocument campaign) {
        CampaignView view = new CampaignView();
        view.id = campaign.id;
        view.rev = campaign.rev;
        view.status = campaign.status.wire();
        view.content(campaign);
        view.life(campaign);
        return view;
    }

    CampaignView with(List<String> ids) {
        targetedCustomerIds = ids;
        audience = null;
        return this;
    }

    private void content(CampaignDocument campaign) {
        name = campaign.name;
        description = campaign.description;
        type = campaign.type.wire();
        channels = campaign.channels.stream().map(Channel::wire).toList();
        email = campaign.email;
        sms = campaign.sms;
        audience = AudienceView.of(campaign.audience);
        audienceSize = campaign.audience.isSegment() ? campaign.audience.size() : null;
        startDate = campaign.startDate;
        endDate = campaign.endDate;
        timeZone = campaign.timeZone;
        frequency = campaign.schedule == null ? null : campaign.schedule.frequency();
        recurrenceRule = campaign.schedule == null ? null : campaign.schedule.recurrenceRule();
        delivery = Delivery.of(campaign.delivery);
    }

    private void life(CampaignDocument campaign) {
        nextRunAt = campaign.nextRunAt;
        current = campaign.current;
        pausedFrom = campaign.pausedFrom == null ? null : campaign.pausedFrom.wire();
        archived = campaign.archived ? true : null;
        performance = campaign.performance;
        createdBy = campaign.createdBy;
        createdAt = campaign.createdAt;
        approvedBy = campaign.approvedBy;
        approvedAt = campaign.approvedAt;
        rejectedBy = campaign.rejectedBy;
        rejectionReason = campaign.rejectionReason;
        updatedAt = campaign.updatedAt;
        contentHash = ContentHash.of(campaign);
    }
}
