package org.campaignrecovery.local.twilio;

import java.util.LinkedHashMap;
import java.util.Map;

/** An HTTP status and the JSON object to answer with; headers beside those of every answer. */
record Answer(int status, Map<String, ?> body, Map<String, String> headers) {

    static final Answer UNAUTHENTICATED = error(401, 20003, "Authenticate");

    Answer(int status, Map<String, ?> body) {
        this(status, body, Map.of());
    }

    Answer with(String header, String value) {
        return new Answer(status, body, Map.of(header, value));
    }

    /** Twilio's shape of an error; {@code code} is one of its error codes. */
    static Answer error(int status, int code, String message) {
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("code", code);
        body.put("message", message);
        body.put("more_info", "https://www.twilio.com/docs/errors/" + code);
        body.put("status", status);
        return new Answer(status, body);
    }

    static Answer notFound(String path) {
        return error(404, 20404, "The requested resource " + path + " was not found");
    }
}
