package org.campaignrecovery.local.twilio;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * One accepted SMS. {@code from} is the sender's number or the messaging service's SID; {@code statusCallback} may be null.
 */
public record TwilioMessage(Instant at, String sid, String to, String from, String body, String statusCallback) {
    private static final String SERVICE_SID_PREFIX = "MG";

    static TwilioMessage ofLine(JsonNode line) {
        return new TwilioMessage(Instant.parse(line.get("at").asText()), line.get("sid").asText(), line.get("to").asText(),
                line.get("from").asText(), line.get("body").asText(), line.path("statusCallback").textValue());
    }

    /** The fields of the record file, in its order. */
    Map<String, String> line() {
        Map<String, String> fields = new LinkedHashMap<>();
        fields.put("at", at.toString());
        fields.put("sid", sid);
        fields.put("to", to);
        fields.put("from", from);
        fields.put("body", body);
        fields.put("statusCallback", statusCallback);
        return fields;
    }

    /** The resource as Twilio's API shows it. */
    Map<String, Object> resource(String account, String status) {
        boolean byService = from.startsWith(SERVICE_SID_PREFIX);
        String date = DateTimeFormatter.RFC_1123_DATE_TIME.format(at.atOffset(ZoneOffset.UTC)).replace("GMT", "+0000");
        String uri = "/2010-04-01/Accounts/" + account + "/Messages/" + sid;
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("sid", sid);
        fields.put("account_sid", account);
        fields.put("api_version", "2010-04-01");
        fields.put("to", to);
        fields.put("from", byService ? null : from);
        fields.put("messaging_service_sid", byService ? from : null);
        fields.put("body", body);
        fields.put("status", status);
        fields.put("direction", "outbound-api");
        fields.put("num_segments", "1");
        fields.put("num_media", "0");
        fields.put("price", null);
        fields.put("price_unit", "USD");
        fields.put("error_code", null);
        fields.put("error_message", null);
        fields.put("date_created", date);
        fields.put("date_updated", date);
        fields.put("date_sent", status.equals("queued") ? null : date);
        fields.put("uri", uri + ".json");
        fields.put("subresource_uris", Map.of("media", uri + "/Media.json"));
        return fields;
    }
}
