package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collection;
import java.util.List;

import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.databind.JsonNode;

/** The log of a process with {@code LOG_FORMAT=json}. */
final class JsonLogs {
    private final List<JsonNode> lines;

    private JsonLogs(List<JsonNode> lines) {
        this.lines = lines;
    }

    /** Fails when there is a line that is no JSON object with a message. */
    static JsonLogs of(String log) {
        List<JsonNode> lines = log.lines().map(Json::parse).toList();
        assertThat(lines).isNotEmpty().allMatch(line -> line.path("message").isTextual());
        return new JsonLogs(lines);
    }

    /** How many lines are about it by this key. */
    long about(String key, String id) {
        return lines.stream().filter(line -> line.at("/mdc/" + key).asText().equals(id)).count();
    }

    void assertNoneNames(Collection<String> addresses) {
        assertThat(addresses).isNotEmpty();
        assertThat(lines.stream().map(JsonNode::toString).filter(line -> addresses.stream().anyMatch(line::contains)))
                .as("lines that name somebody").isEmpty();
    }
}
