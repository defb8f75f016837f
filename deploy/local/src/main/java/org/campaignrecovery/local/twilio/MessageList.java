package org.campaignrecovery.local.twilio;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * {@code GET Messages.json}: the newest first, filtered by {@code To}, {@code From}, {@code DateSent}, {@code DateSent>} and
 * {@code DateSent<} (a date or a date-time), in pages of {@code PageSize} (50, at most 1,000).
 */
final class MessageList {
    private static final int DEFAULT_PAGE_SIZE = 50;
    private static final int MAX_PAGE_SIZE = 1_000;
    private static final Pattern ZONED = Pattern.compile(".*(Z|[+-]\\d\\d:?\\d\\d)");

    private final Map<String, String> query;
    private final String path;

    MessageList(String path, Map<String, String> query) {
        this.path = path;
        this.query = query;
    }

    Answer page(AcceptedMessages messages, Function<TwilioMessage, Map<String, Object>> resource) {
        int size = Math.max(1, Math.min(MAX_PAGE_SIZE, Integer.parseInt(query.getOrDefault("PageSize", "" + DEFAULT_PAGE_SIZE))));
        int page = Math.max(0, Integer.parseInt(query.getOrDefault("Page", "0")));
        List<TwilioMessage> rows = candidates(messages).filter(this::matches).sorted(Comparator.comparing(TwilioMessage::at).reversed())
                .skip((long) page * size).limit(size + 1L).toList();
        boolean more = rows.size() > size;
        List<Map<String, Object>> shown = rows.stream().limit(size).map(resource).toList();
        Map<String, Object> body = new LinkedHashMap<>();
        body.put("messages", shown);
        body.put("page", page);
        body.put("page_size", size);
        body.put("start", page * size);
        body.put("end", page * size + Math.max(0, shown.size() - 1));
        body.put("uri", uri(page, size));
        body.put("first_page_uri", uri(0, size));
        body.put("previous_page_uri", page == 0 ? null : uri(page - 1, size));
        body.put("next_page_uri", more ? uri(page + 1, size) : null);
        return new Answer(200, body);
    }

    private Stream<TwilioMessage> candidates(AcceptedMessages messages) {
        return query.containsKey("To") ? messages.to(query.get("To")).stream() : messages.all().stream();
    }

    private boolean matches(TwilioMessage message) {
        String from = query.get("From");
        String on = query.get("DateSent");
        String after = query.get("DateSent>");
        String before = query.get("DateSent<");
        return (from == null || from.equals(message.from()))
                && (on == null || LocalDate.ofInstant(message.at(), ZoneOffset.UTC).toString().equals(on.substring(0, 10)))
                && (after == null || !message.at().isBefore(instant(after))) && (before == null || !message.at().isAfter(instant(before)));
    }

    /** A date, or a date-time with an offset or, as Twilio's own library writes it, without one: in UTC. */
    private static Instant instant(String text) {
        if (!text.contains("T")) {
            return LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant();
        }
        return ZONED.matcher(text).matches() ? OffsetDateTime.parse(text).toInstant() : LocalDateTime.parse(text).toInstant(ZoneOffset.UTC);
    }

    private String uri(int page, int size) {
        Map<String, String> fields = new LinkedHashMap<>(query);
        fields.put("PageSize", String.valueOf(size));
        fields.put("Page", String.valueOf(page));
        return path + "?" + Form.encode(fields);
    }
}
