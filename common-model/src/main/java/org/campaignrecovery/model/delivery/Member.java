package org.campaignrecovery.model.delivery;

import java.time.Instant;

/**
 * A delivery as the closing read of its batch sees it.
 *
 * @param claim token of its latest claim, or null
 * @param notBefore when it is worth another try, or null
 * @param resent whether it was sent again out of doubt, or cannot be, as it is anonymised
 */
public record Member(String id, DeliveryState state, ClaimToken claim, Instant notBefore, boolean resent) {
}
