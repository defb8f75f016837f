package org.campaignrecovery.model.evidence;

import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;

import org.campaignrecovery.model.web.PublicUrl;

/**
 * The address under which an SMS provider tells what becomes of a message. It carries the delivery and the attempt, and the provider signs
 * it: what comes back speaks of this very attempt.
 */
public final class StatusCallback {
    public static final String PATH = "/api/webhooks/twilio/status";
    public static final String DELIVERY = "delivery";
    public static final String CLAIM = "claim";

    private StatusCallback() {
    }

    /** @param publicUrl where the world reaches the api; a slash at its end does not matter */
    public static String url(String publicUrl, String delivery, String claim) {
        return PublicUrl.with(publicUrl, PATH) + "?" + DELIVERY + "=" + encoded(delivery) + "&" + CLAIM + "="
                + encoded(claim);
    }

    private static String encoded(String value) {
        return URLEncoder.encode(value, StandardCharsets.UTF_8);
    }
}
