package org.campaignrecovery.local.fault;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One strike of a fault: a line of the record.
 *
 * @param fault the fault's id
 * @param channel {@code email} or {@code sms}
 * @param to the recipient, as it was given; null where it was not known yet
 * @param recorded whether the provider took the message all the same
 * @param ambiguous whether the sender cannot know that
 */
public record InjectedFault(Instant at, String fault, String channel, FaultKind kind, String to, boolean recorded, boolean ambiguous) {

    static InjectedFault of(Instant at, Fault fault, String to) {
        FaultKind kind = fault.kind();
        return new InjectedFault(at, fault.id(), kind.channel(), kind, to, kind.recorded(), kind.ambiguous());
    }

    static InjectedFault parse(JsonNode line) {
        return new InjectedFault(Instant.parse(line.get("at").asText()), line.get("fault").asText(), line.get("channel").asText(),
                FaultKind.parse(line.get("kind").asText()), line.path("to").textValue(), line.get("recorded").asBoolean(),
                line.get("ambiguous").asBoolean());
    }

    Map<String, Object> fields() {
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", at.toString());
        fields.put("fault", fault);
        fields.put("channel", channel);
        fields.put("kind", kind.wire());
        fields.put("to", to);
        fields.put("recorded", recorded);
        fields.put("ambiguous", ambiguous);
        return fields;
    }
}
