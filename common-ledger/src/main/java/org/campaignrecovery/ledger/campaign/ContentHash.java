package org.campaignrecovery.ledger.campaign;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

import org.campaignrecovery.model.audience.CustomerFilter;

/**
 * The fingerprint of everything that an approval is about: content, audience, schedule and settings. Two campaigns that would send
 * different messages, to others, at other times or in another way have different ones. What is missing leaves no trace, so that a field
 * that a later version adds changes no fingerprint of a campaign that does not have it.
 */
public final class ContentHash {
    private final MessageDigest digest = sha256();

    private ContentHash() {
    }

    /** SHA-256, hexadecimal. */
    public static String of(CampaignDocument campaign) {
        ContentHash hash = new ContentHash();
        hash.content(campaign);
        hash.audience(campaign.audience);
        hash.schedule(campaign);
        hash.settings(campaign.delivery);
        return HexFormat.of().formatHex(hash.digest.digest());
    }

    /** Whether the campaign is as it was approved; true of one that was approved before fingerprints were kept. */
    public static boolean isApproved(CampaignDocument campaign) {
        return campaign.approvedHash == null || campaign.approvedHash.equals(of(campaign));
    }

    private void content(CampaignDocument campaign) {
        add("name", campaign.name);
        add("channels", campaign.channels);
        if (campaign.email != null) {
            add("email.subject", campaign.email.subject());
            add("email.html", campaign.email.html());
            add("email.text", campaign.email.text());
            add("email.fromName", campaign.email.fromName());
        }
        if (campaign.sms != null) {
            add("sms.body", campaign.sms.body());
        }
    }

    private void audience(CampaignDocument.Audience audience) {
        add("audience.allCustomers", audience.allCustomers());
        add("audience.segment", audience.segment());
        if (audience.filter() != null) {
            filter(audience.filter());
        }
    }

    private void filter(CustomerFilter filter) {
        add("filter.countries", filter.countries());
        add("filter.lastOrderAfter", filter.lastOrderAfter());
        add("filter.lastOrderBefore", filter.lastOrderBefore());
        add("filter.minTotalSpent", filter.minTotalSpent());
        add("filter.maxTotalSpent", filter.maxTotalSpent());
        add("filter.minOrders", filter.minOrders());
        add("filter.maxOrders", filter.maxOrders());
    }

    private void schedule(CampaignDocument campaign) {
        add("type", campaign.type);
        add("startDate", campaign.startDate);
        add("endDate", campaign.endDate);
        add("timeZone", campaign.timeZone);
        if (campaign.schedule != null) {
            add("frequency", campaign.schedule.frequency());
            add("recurrenceRule", campaign.schedule.recurrenceRule());
        }
    }

    private void settings(CampaignDocument.Settings settings) {
        add("onDoubt", settings.onDoubt());
        add("ratePerSecond", settings.ratePerSecond());
        add("catchUpWindow", settings.catchUpWindow());
        if (settings.sendWindow() != null) {
            add("sendWindow.from", settings.sendWindow().from());
            add("sendWindow.to", settings.sendWindow().to());
        }
    }

    /** The length keeps two values from running into each other. */
    private void add(String name, Object value) {
        if (value != null) {
            String text = value.toString();
            digest.update("%s=%d:%s;".formatted(name, text.length(), text).getBytes(StandardCharsets.UTF_8));
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
