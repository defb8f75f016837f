package org.campaignrecovery.api.testsend;

import org.campaignrecovery.api.audience.CustomerIdText;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.databind.annotation.JsonDeserialize;

/**
 * Whom to send a test message: an e-mail address or a phone number.
 *
 * @param customerId whose data it shows, a text or a number; without one each field shows its name
 */
@Schema(example = "{\"email\": \"me@shop.example\", \"customerId\": \"17850\"}")
public record TestSendRequest(String email, String phone, @JsonDeserialize(using = CustomerIdText.class) String customerId) {
}
