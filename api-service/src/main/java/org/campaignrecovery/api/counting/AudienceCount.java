package org.campaignrecovery.api.counting;

import java.util.Map;

import org.campaignrecovery.model.accounting.Skips;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * Whom a campaign would reach if it were planned now. All maps are by channel, as those of a run.
 *
 * @param customers who are targeted
 * @param unknown those of them who have no order
 * @param complete false when counting took too long: all numbers say "at least", then
 * @param planned messages that would be planned: one for each distinct address
 * @param skipped customers who get none, and why
 * @param suppressed of the planned messages, those that would not be sent because their address is on the suppression list
 */
@Schema(name = "AudienceCount", requiredProperties = {"customers", "unknown", "complete", "planned", "skipped", "suppressed"})
public record AudienceCount(long customers, long unknown, boolean complete, Map<String, Long> planned, Map<String, Skips> skipped,
        Map<String, Long> suppressed) {
}
