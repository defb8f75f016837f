package org.campaignrecovery.ledger.log;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.campaignrecovery.model.batch.BatchId;

/** The stable keys of a log message ({@code run=…}), by which the lines about one thing are found. What is quoted is somebody's text. */
final class LogKeys {
    private static final Pattern QUOTED = Pattern.compile("\"[^\"]*\"");
    private static final Pattern KEY = Pattern
            .compile("(?<![^\\s(])(campaign|run|batch|epoch|claim|delivery|channel)=(\\S*[^\\s,;:.)])");

    private LogKeys() {
    }

    /** The first value of each key that is there. */
    static Map<String, String> of(String message) {
        if (message == null || message.indexOf('=') < 0) {
            return Map.of();
        }
        Map<String, String> keys = new LinkedHashMap<>();
        Matcher matcher = KEY.matcher(QUOTED.matcher(message).replaceAll(""));
        while (matcher.find()) {
            keys.putIfAbsent(matcher.group(1), matcher.group(2));
        }
        return keys;
    }

    /** The run that these keys are about, said by itself or in the id of a batch. */
    static Optional<String> run(Map<String, String> keys) {
        String run = keys.get("run");
        return run != null ? Optional.of(run) : Optional.ofNullable(keys.get("batch")).flatMap(LogKeys::runOf);
    }

    private static Optional<String> runOf(String batch) {
        try {
            return Optional.of(BatchId.parse(batch).run());
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }
}
