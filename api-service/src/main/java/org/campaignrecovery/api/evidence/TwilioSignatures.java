package org.campaignrecovery.api.evidence;

import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.evidence.StatusCallback;

import com.twilio.security.RequestValidator;

/** Whether a status callback is Twilio's own: signed with our account's token over the public address and the form. */
@ApplicationScoped
class TwilioSignatures {
    private final Optional<RequestValidator> validator;
    private final Optional<String> address;

    TwilioSignatures(CallbackConfig config) {
        this.validator = config.twilioAuthToken().map(RequestValidator::new);
        this.address = config.publicUrl().map(StatusCallback::base);
    }

    /** Whether this service can check signatures at all. */
    boolean areKnown() {
        return validator.isPresent() && address.isPresent();
    }

    /** @param query as it was received, encoded */
    boolean hold(String query, Map<String, String> form, String signature) {
        return areKnown() && signature != null
                && validator.get().validate(query == null ? address.get() : address.get() + "?" + query, form, signature);
    }
}
