package org.campaignrecovery.api.deadletter;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What a re-drive has done.
 *
 * @param read how many dead letters it looked at
 * @param published how many of them it has published again
 * @param refused how many would be dead letters again: they were not published
 * @param stillPoison of those the first hundred, and why
 * @param left how many lie behind the last one that it looked at
 */
@Schema(name = "RedriveReport", requiredProperties = {"topic", "read", "published", "refused", "stillPoison", "left"})
public record RedriveReport(String topic, long read, long published, long refused, List<Refusal> stillPoison, long left) {

    @JsonInclude(JsonInclude.Include.NON_NULL)
    @Schema(name = "RefusedDeadLetter", requiredProperties = {"partition", "offset", "reason"})
    public record Refusal(int partition, long offset, String key, String reason) {
    }
}
