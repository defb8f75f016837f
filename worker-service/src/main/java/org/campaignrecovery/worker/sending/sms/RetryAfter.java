package org.campaignrecovery.worker.sending.sms;

import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.Optional;

import org.apache.hc.core5.http.Header;

/** {@code Retry-After} (RFC 9110, 10.2.3): seconds, or a date, which is measured from the answer's own {@code Date}. */
final class RetryAfter {
    private RetryAfter() {
    }

    /** Zero when it is missing, in the past or cannot be read. */
    static Duration of(Header[] headers) {
        return value(headers, "Retry-After").map(text -> of(text, value(headers, "Date"))).filter(wait -> !wait.isNegative())
                .orElse(Duration.ZERO);
    }

    private static Duration of(String text, Optional<String> answeredAt) {
        try {
            return text.matches("\\d{1,9}")
                    ? Duration.ofSeconds(Long.parseLong(text))
                    : answeredAt.map(date -> Duration.between(instant(date), instant(text))).orElse(Duration.ZERO);
        } catch (DateTimeParseException e) {
            return Duration.ZERO;
        }
    }

    private static Instant instant(String date) {
        return DateTimeFormatter.RFC_1123_DATE_TIME.parse(date, Instant::from);
    }

    private static Optional<String> value(Header[] headers, String name) {
        return headers == null
                ? Optional.empty()
                : Arrays.stream(headers).filter(header -> header.getName().equalsIgnoreCase(name)).map(Header::getValue).map(String::strip)
                        .findFirst();
    }
}
