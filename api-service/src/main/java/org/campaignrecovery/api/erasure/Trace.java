package org.campaignrecovery.api.erasure;

import org.campaignrecovery.model.delivery.DeliveryState;

/** A customer's delivery. */
record Trace(String id, String batch, DeliveryState state, String address) {
}
