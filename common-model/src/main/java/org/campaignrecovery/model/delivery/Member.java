package org.campaignrecovery.model.delivery;

import java.time.Instant;

/**
 * A delivery as the closing read of its batch sees it.
 *
 * @param claim token of its latest claim, or null
 * @param notBefore when it is worth another try, or null
 */
public record Member(String id, DeliveryState state, ClaimToken claim, Instant notBefore) {
}
