package org.campaignrecovery.api.order;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * What became of an order.
 *
 * @param messages how many the order is about: to be sent again, or resolved
 * @param notConcerned ids that were asked for and are not in the state that the order is about (any more), or not of this run; nothing was done
 *        with them
 */
@Schema(name = "OrderAnswer", requiredProperties = {"runId", "decision", "messages", "notConcerned"})
public record OrderAnswer(String runId, String decision, long messages, List<String> notConcerned) {
}
