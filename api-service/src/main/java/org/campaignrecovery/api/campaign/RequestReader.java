package org.campaignrecovery.api.campaign;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.campaignrecovery.api.audience.TargetsReader;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.api.time.LocalOrInstant;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.schedule.Frequency;
import org.campaignrecovery.model.schedule.RecurrenceException;
import org.campaignrecovery.model.schedule.RecurrenceRule;

/** Reads a request into content, and notes what it cannot read; whether the content makes sense is {@link ContentRules}' matter. */
final class RequestReader {
    private static final Duration LONGEST_WINDOW = Duration.ofDays(30);
    private static final int HIGHEST_RATE = 100_000;
    private static final Pattern TIME_OF_DAY = Pattern.compile("([01][0-9]|2[0-3]):[0-5][0-9]");

    private final CampaignRequest request;
    private final List<FieldError> errors = new ArrayList<>();

    RequestReader(CampaignRequest request) {
        this.request = request;
    }

    CampaignContent read() {
        String timeZone = request.timeZone() == null ? "UTC" : request.timeZone();
        ZoneId zone = zone(timeZone);
        return new CampaignContent(trimmed(request.name()), request.description(), channels(), email(), sms(),
                new TargetsReader(zone, this::refuse).read(request.targetedCustomerIds(), request.audience()),
                time("startDate", request.startDate(), zone), time("endDate", request.endDate(), zone), timeZone, schedule(), delivery());
    }

    List<FieldError> errors() {
        return errors;
    }

    private CampaignDocument.Schedule schedule() {
        CampaignType type = request.type() == null ? null : parse(CampaignType.class, "type", request.type());
        if (request.frequency() != null && request.recurrenceRule() != null) {
            refuse("recurrenceRule", "give either frequency or recurrenceRule, not both");
            return null;
        }
        if (request.frequency() == null && request.recurrenceRule() == null) {
            if (type == CampaignType.RECURRING) {
                refuse("frequency", "is missing: a recurring campaign has a frequency (daily, weekly, monthly) or a recurrenceRule");
            }
            return null;
        }
        if (type == CampaignType.BULK) {
            refuse("type", "bulk means once; say recurring, or leave out what makes it recur");
            return null;
        }
        return request.frequency() != null ? frequency() : rule();
    }

    private CampaignDocument.Schedule frequency() {
        Frequency frequency = parse(Frequency.class, "frequency", request.frequency());
        return frequency == null ? null : new CampaignDocument.Schedule(frequency.wire(), null);
    }

    private CampaignDocument.Schedule rule() {
        try {
            return new CampaignDocument.Schedule(null, RecurrenceRule.parse(request.recurrenceRule()).toString());
        } catch (RecurrenceException e) {
            refuse("recurrenceRule", e.getMessage());
            return null;
        }
    }

    private ZoneId zone(String name) {
        if (ZoneId.getAvailableZoneIds().contains(name)) {
            return ZoneId.of(name);
        }
        refuse("timeZone", "must be an IANA time zone like Europe/Berlin");
        return ZoneOffset.UTC;
    }

    private Instant time(String field, String text, ZoneId zone) {
        if (text == null) {
            return null;
        }
        return LocalOrInstant.parse(text, zone).orElseGet(() -> {
            refuse(field,
                    "must be a time like 2030-01-31T09:00:00Z or 2030-01-31T09:00:00+01:00, or without the offset to be read in timeZone");
            return null;
        });
    }

    private List<Channel> channels() {
        if (request.channels() == null) {
            return List.of();
        }
        List<Channel> channels = request.channels().stream().distinct().map(name -> parse(Channel.class, "channels", name))
                .filter(Objects::nonNull).toList();
        return channels;
    }

    private EmailContent email() {
        CampaignRequest.Email email = request.email();
        return email == null ? null : new EmailContent(email.subject(), email.html(), email.text(), trimmed(email.fromName()));
    }

    private SmsContent sms() {
        return request.sms() == null ? null : new SmsContent(request.sms().body());
    }

    private CampaignDocument.Settings delivery() {
        CampaignDocument.Settings standard = CampaignDocument.Settings.DEFAULT;
        CampaignRequest.Delivery delivery = request.delivery();
        if (delivery == null) {
            return standard;
        }
        if (delivery.ratePerSecond() != null && (delivery.ratePerSecond() < 1 || delivery.ratePerSecond() > HIGHEST_RATE)) {
            refuse("delivery.ratePerSecond", "must be from 1 to %,d".formatted(HIGHEST_RATE));
        }
        OnDoubt onDoubt = delivery.onDoubt() == null ? standard.onDoubt() : parse(OnDoubt.class, "delivery.onDoubt", delivery.onDoubt());
        String window = delivery.catchUpWindow() == null ? standard.catchUpWindow() : window(delivery.catchUpWindow());
        return new CampaignDocument.Settings(onDoubt, delivery.ratePerSecond(), window, sendWindow(delivery.sendWindow()));
    }

    private CampaignDocument.Window sendWindow(CampaignRequest.Window window) {
        if (window == null) {
            return null;
        }
        boolean readable = timeOfDay("delivery.sendWindow.from", window.from()) & timeOfDay("delivery.sendWindow.to", window.to());
        if (readable && window.from().equals(window.to())) {
            refuse("delivery.sendWindow.to", "must differ from the beginning of the window; leave sendWindow out to send at any time");
        }
        return new CampaignDocument.Window(window.from(), window.to());
    }

    private boolean timeOfDay(String field, String text) {
        boolean readable = text != null && TIME_OF_DAY.matcher(text).matches();
        if (!readable) {
            refuse(field, text == null ? "is missing: a window has from and to" : "must be a time of day like 09:00");
        }
        return readable;
    }

    private String window(String text) {
        try {
            Duration window = Duration.parse(text);
            if (!window.isNegative() && !window.isZero() && window.compareTo(LONGEST_WINDOW) <= 0) {
                return window.toString();
            }
        } catch (DateTimeParseException e) {
            // said below
        }
        refuse("delivery.catchUpWindow", "must be an ISO-8601 duration like PT6H, above zero and up to 30 days");
        return text;
    }

    private <E extends Enum<E> & Wire> E parse(Class<E> type, String field, String name) {
        for (E constant : type.getEnumConstants()) {
            if (constant.wire().equals(name)) {
                return constant;
            }
        }
        refuse(field, "must be among %s, not %s".formatted(Arrays.stream(type.getEnumConstants()).map(Wire::wire)
                .collect(Collectors.joining(", ")), name));
        return null;
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    private static String trimmed(String text) {
        return text == null ? null : text.trim();
    }
}
