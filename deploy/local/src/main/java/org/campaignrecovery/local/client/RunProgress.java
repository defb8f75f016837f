package org.campaignrecovery.local.client;

import java.util.List;
import java.util.stream.StreamSupport;

import com.fasterxml.jackson.databind.JsonNode;

/** A run as {@code GET /api/runs/{id}} shows it (DESIGN section 8). */
public record RunProgress(JsonNode json) {
    private static final List<String> OPEN = List.of("pending", "sending", "retry_wait");

    public String id() {
        return json.get("id").asText();
    }

    public String status() {
        return json.get("status").asText();
    }

    public boolean isPlanned() {
        return !status().equals("planning");
    }

    public boolean isOver() {
        return List.of("completed", "cancelled", "failed", "missed").contains(status());
    }

    /** Deliveries planned so far. @param channel {@code email} or {@code sms} */
    public int planned(String channel) {
        return json.path("planned").path(channel).asInt();
    }

    public int count(String channel, String state) {
        return json.path("counts").path(channel).path(state).asInt();
    }

    /** Deliveries that need nothing more. */
    public int closed(String channel) {
        return planned(channel) - OPEN.stream().mapToInt(state -> count(channel, state)).sum();
    }

    /** Whether planned is the sum of the counts, on every channel: the accounting identity. */
    public boolean adds() {
        Iterable<String> channels = () -> json.path("planned").fieldNames();
        return StreamSupport.stream(channels.spliterator(), false).allMatch(channel -> planned(channel) == sum(channel));
    }

    private int sum(String channel) {
        return StreamSupport.stream(json.path("counts").path(channel).spliterator(), false).mapToInt(JsonNode::asInt).sum();
    }
}
