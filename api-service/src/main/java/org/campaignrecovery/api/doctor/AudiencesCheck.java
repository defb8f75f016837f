package org.campaignrecovery.api.doctor;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.OrdersRepository;
import org.campaignrecovery.api.audience.SegmentRepository;
import org.campaignrecovery.api.campaign.CampaignRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Whether the customers of campaigns to come, and of those under way, exist. */
@ApplicationScoped
class AudiencesCheck implements DoctorCheck {
    private static final List<CampaignStatus> CONCERNED = List.of(CampaignStatus.PENDING_APPROVAL, CampaignStatus.APPROVED,
            CampaignStatus.SCHEDULED, CampaignStatus.PROCESSING);
    private static final int AT_ONCE = 4;

    private final CampaignRepository campaigns;
    private final SegmentRepository segments;
    private final OrdersRepository orders;
    private final DoctorConfig config;

    AudiencesCheck(CampaignRepository campaigns, SegmentRepository segments, OrdersRepository orders, DoctorConfig config) {
        this.campaigns = campaigns;
        this.segments = segments;
        this.orders = orders;
        this.config = config;
    }

    @Override
    public Subject subject() {
        return Subject.AUDIENCES;
    }

    /** The campaigns are in the ledger: when that is away, it is not the orders' fault. */
    @Override
    public Uni<Finding> look() {
        return campaigns.having(CONCERNED, null, config.campaigns() + 1).onItemOrFailure()
                .transformToUni((found, failure) -> failure == null
                        ? lookAtAll(found)
                        : Uni.createFrom().item(Source.LEDGER.failed(failure)));
    }

    private Uni<Finding> lookAtAll(List<CampaignDocument> found) {
        return Multi.createFrom().iterable(found.subList(0, Math.min(found.size(), config.campaigns()))).onItem()
                .transformToUni(this::look).merge(AT_ONCE).collect().asList()
                .map(findings -> summary(findings, found.size() > config.campaigns()));
    }

    private Finding summary(List<Finding> findings, boolean more) {
        List<Finding> all = new ArrayList<>(findings);
        if (findings.isEmpty()) {
            all.add(Finding.ok("no campaign waits or is under way"));
        }
        if (more) {
            all.add(Finding.ok("there are more campaigns: the first %d were looked at (campaign.doctor.campaigns)"
                    .formatted(config.campaigns())));
        }
        return Finding.of(all);
    }

    private Uni<Finding> look(CampaignDocument campaign) {
        String name = WaitingCampaignsCheck.name(campaign);
        if (!campaign.audience.isSegment()) {
            return Uni.createFrom().item(Finding.ok(name + (campaign.audience.allCustomers()
                    ? " is for all customers"
                    : " is for customers by their order history")));
        }
        return segments.sample(campaign.audience.segment(), campaign.audience.size(), config.sample())
                .chain(sample -> orders.known(sample).map(known -> judge(name, campaign.audience.size(), sample.size(), known)));
    }

    private Finding judge(String name, long size, long sample, long known) {
        String ids = sample == size
                ? "the %d targeted ids".formatted(size)
                : "a sample of %d of the %d targeted ids".formatted(sample, size);
        if (known == 0) {
            return Finding.failure("No customers found: none of %s is in %s (%s)".formatted(ids, orders.namespace(), name),
                    "Check MONGO_URI, SEGMENTATION_DB and ORDERS_COLLECTION, and whether the targetedCustomerIds are those of the orders.");
        }
        String sentence = "%d of %s are in %s (%s)".formatted(known, ids, orders.namespace(), name);
        return known * 2 < sample
                ? Finding.warning(sentence, "Compare the campaign's targetedCustomerIds with the orders: most of them will get nothing.")
                : Finding.ok(sentence);
    }
}
