package org.campaignrecovery.api.campaign;

import java.util.List;

import org.campaignrecovery.api.audience.AudienceRequest;
import org.campaignrecovery.api.audience.CustomerIdText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonIgnoreProperties;
import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * A campaign as its author sends it. What only the service may say (id, rev, status, …) may come along, so that what was read can be sent
 * back after a change, and is ignored.
 *
 * @param type {@code bulk} or {@code recurring}; may be missing, then it follows from whether a frequency or a rule is given
 * @param channels any of {@code email}, {@code sms}
 * @param targetedCustomerIds texts or numbers, up to 100,000; or {@code audience}
 * @param startDate RFC 3339, or a local date-time that is read in {@code timeZone}
 * @param endDate like {@code startDate}; optional
 * @param timeZone an IANA name; UTC when it is missing
 * @param frequency {@code daily}, {@code weekly} or {@code monthly}, or null
 * @param recurrenceRule of RFC 5545, like {@code FREQ=WEEKLY;BYDAY=MO,TH}, or null
 */
@JsonIgnoreProperties({"id", "rev", "status", "audienceSize", "nextRunAt", "current", "pausedFrom", "archived", "contentHash",
        "performance", "createdBy", "createdAt", "approvedBy",
        "approvedAt", "rejectedBy", "rejectionReason", "updatedAt"})
public record CampaignRequest(String name, String description, String type, List<String> channels, Email email, Sms sms,
        @JsonDeserialize(contentUsing = CustomerIdText.class) List<String> targetedCustomerIds, AudienceRequest audience, String startDate,
        String endDate, String timeZone, String frequency, String recurrenceRule, Delivery delivery) {

    /** Subject, HTML and text are Mustache templates; one of HTML and text may be missing and is derived from the other. */
    @Schema(name = "EmailRequest")
    public record Email(String subject, String html, String text, String fromName) {
    }

    /** The body is a Mustache template. */
    @Schema(name = "SmsRequest")
    public record Sms(String body) {
    }

    /**
     * How to send.
     *
     * @param onDoubt {@code hold} (the default) or {@code resend}
     * @param ratePerSecond messages per second on each channel
     * @param catchUpWindow ISO-8601 duration, {@code PT6H} by default: later than that the start is missed
     * @param sendWindow the times of day, in the campaign's zone, outside of which sending waits
     */
    @Schema(name = "DeliveryRequest")
    public record Delivery(String onDoubt, Integer ratePerSecond, String catchUpWindow, Window sendWindow) {
    }

    /** Times of day like {@code 09:00}: {@code from} included, {@code to} not; across midnight when {@code from} is the later one. */
    @Schema(name = "SendWindowRequest")
    public record Window(String from, String to) {
    }
}
