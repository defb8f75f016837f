package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;

/** Writes one line for each recipient of an accepted message: {@link RecordingSmtpServer} names the fields. */
final class MailRecorder {
    private final NdjsonLog log;
    private final boolean keepRaw;
    private final Clock clock;

    MailRecorder(NdjsonLog log, boolean keepRaw, Clock clock) {
        this.log = log;
        this.keepRaw = keepRaw;
        this.clock = clock;
    }

    /** Returns when the operating system has the record. */
    void record(String from, List<String> recipients, byte[] message) throws IOException {
        MailHeaders headers = MailHeaders.of(message);
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("at", clock.instant().toString());
        fields.put("from", from);
        fields.put("to", null);
        fields.put("messageId", headers.get("Message-ID").orElse(null));
        fields.put("run", headers.get("X-Campaign-Run").orElse(null));
        fields.put("delivery", headers.get("X-Delivery-Id").orElse(null));
        fields.put("subject", headers.text("Subject").orElse(null));
        fields.put("bytes", message.length);
        if (keepRaw) {
            fields.put("raw", Base64.getEncoder().encodeToString(message));
        }
        List<String> lines = new ArrayList<>(recipients.size());
        for (String recipient : recipients) {
            fields.put("to", recipient);
            lines.add(Json.line(fields));
        }
        log.append(lines);
    }
}
