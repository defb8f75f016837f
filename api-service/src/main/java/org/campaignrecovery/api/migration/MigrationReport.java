package org.campaignrecovery.api.migration;

import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of an old campaign.
 *
 * @param id its id here
 * @param oldStatus as the system before had it
 * @param status as it is here, or missing when it is not
 * @param outcome {@code created}, {@code unchanged} when it is here already, {@code refused} when it cannot be kept
 * @param notes sentences; they may name addresses
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "MigrationReport", requiredProperties = {"outcome", "notes"})
public record MigrationReport(String id, String name, String oldStatus, String status, String outcome, List<String> notes) {
}
