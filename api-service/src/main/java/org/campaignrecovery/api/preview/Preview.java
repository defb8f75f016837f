package org.campaignrecovery.api.preview;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a customer would be sent.
 *
 * @param missing fields that the templates use and the customer does not have: they show nothing
 * @param email missing when the campaign sends none
 * @param sms missing when the campaign sends none
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "Preview", requiredProperties = {"customerId", "missing"})
record Preview(String customerId, List<String> missing, Email email, Sms sms) {

    /**
     * @param to the normalised address; missing when there is none
     * @param skipped why nothing would be sent: {@code noAddress}, {@code invalidAddress} or {@code suppressed}; missing when it would
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PreviewedEmail", requiredProperties = {"subject"})
    record Email(String to, String skipped, String subject, String html, String text) {
    }

    /**
     * @param to as for an e-mail, as is {@code skipped}
     * @param encoding {@code GSM-7} or {@code UCS-2}
     * @param units characters of that encoding
     * @param segments what it counts at the provider
     */
    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "PreviewedSms", requiredProperties = {"body", "encoding", "units", "segments"})
    record Sms(String to, String skipped, String body, String encoding, int units, int segments) {
    }
}
