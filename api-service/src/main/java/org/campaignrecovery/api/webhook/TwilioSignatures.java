package org.campaignrecovery.api.webhook;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.UriInfo;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.web.PublicUrl;

import com.twilio.security.RequestValidator;

import io.vertx.core.MultiMap;

/** Whether a call is Twilio's own: signed with our account's token over the public address and the form. */
@ApplicationScoped
public class TwilioSignatures {
    public static final String HEADER = "X-Twilio-Signature";

    private final Optional<RequestValidator> validator;
    private final Optional<String> publicUrl;

    TwilioSignatures(CallbackConfig config) {
        this.validator = config.twilioAuthToken().map(RequestValidator::new);
        this.publicUrl = config.publicUrl();
    }

    /**
     * The fields of a signed form, of those that are there twice the first.
     *
     * @param path under {@code PUBLIC_URL} that Twilio has called
     * @param address with its query, as it was received
     * @param signature of {@link #HEADER}, or null
     */
    public Map<String, String> signed(String path, UriInfo address, MultiMap form, String signature) {
        if (validator.isEmpty() || publicUrl.isEmpty()) {
            throw ProblemType.FORBIDDEN.problem("calls of Twilio cannot be checked here: set PUBLIC_URL and TWILIO_AUTH_TOKEN");
        }
        Map<String, String> fields = new HashMap<>();
        form.names().forEach(name -> fields.put(name, form.get(name)));
        String query = address.getRequestUri().getRawQuery();
        String called = PublicUrl.with(publicUrl.get(), path) + (query == null ? "" : "?" + query);
        if (signature == null || !validator.get().validate(called, fields, signature)) {
            throw ProblemType.FORBIDDEN.problem("X-Twilio-Signature does not fit: the call was not signed with TWILIO_AUTH_TOKEN for "
                    + "this address (PUBLIC_URL must be what Twilio calls)");
        }
        return fields;
    }
}
