package org.campaignrecovery.api.campaign;

import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignOccurrences;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.schedule.Occurrences;

/** Whether content makes sense by itself, at a given time. Asked when it is written and again when it is submitted. */
final class ContentRules {
    private static final int MAX_NAME = 200;
    private static final int MAX_DESCRIPTION = 5_000;

    private final CampaignContent content;
    private final Instant now;
    private final List<FieldError> errors = new ArrayList<>();

    private ContentRules(CampaignContent content, Instant now) {
        this.content = content;
        this.now = now;
    }

    static List<FieldError> errors(CampaignContent content, Instant now) {
        ContentRules rules = new ContentRules(content, now);
        rules.texts();
        rules.channels();
        rules.audience();
        rules.dates();
        rules.occurrences();
        return rules.errors;
    }

    private void texts() {
        if (isBlank(content.name())) {
            refuse("name", "is missing");
        } else if (content.name().length() > MAX_NAME) {
            refuse("name", "may have up to %d characters".formatted(MAX_NAME));
        } else if (hasControls(content.name())) {
            refuse("name", "must be one line");
        }
        if (content.description() != null && content.description().length() > MAX_DESCRIPTION) {
            refuse("description", "may have up to %d characters".formatted(MAX_DESCRIPTION));
        }
    }

    private void channels() {
        if (content.channels() == null || content.channels().isEmpty()) {
            refuse("channels", "must name at least one of email, sms");
        }
        if (content.uses(Channel.EMAIL)) {
            email(content.email());
        }
        if (content.uses(Channel.SMS) && (content.sms() == null || isBlank(content.sms().body()))) {
            refuse("sms.body", "is missing, and the campaign goes out by SMS");
        }
    }

    private void email(EmailContent email) {
        if (email == null || isBlank(email.subject())) {
            refuse("email.subject", "is missing, and the campaign goes out by e-mail");
        } else if (hasControls(email.subject())) {
            refuse("email.subject", "must be one line");
        }
        if (email == null || isBlank(email.html()) && isBlank(email.text())) {
            refuse("email.html", "is missing, and so is email.text: an e-mail needs one of them");
        }
        if (email != null && email.fromName() != null && hasControls(email.fromName())) {
            refuse("email.fromName", "must be one line");
        }
    }

    private void audience() {
        Targets audience = content.audience();
        if (audience == null) {
            refuse("targetedCustomerIds",
                    "is missing: name customers, or say \"audience\": {\"allCustomers\": true}, {\"filter\": {…}} or {\"storedList\": true}");
        } else if (audience instanceof Targets.Ids named && named.ids().isEmpty()) {
            refuse("targetedCustomerIds", "is empty: the campaign would reach nobody");
        } else if (audience instanceof Targets.Known known && known.audience().isSegment()
                && known.audience().size() == 0) {
            refuse("targetedCustomerIds", "is empty: the campaign would reach nobody; name customers, or send a list of their ids to"
                    + " PUT /api/campaigns/{id}/audience.csv");
        }
    }

    private void dates() {
        Instant start = content.startDate();
        Instant end = content.endDate();
        if (start == null) {
            refuse("startDate", "is missing");
        }
        if (end != null && start != null && !end.isAfter(start)) {
            refuse("endDate", "must be after startDate");
        } else if (end != null && !end.isAfter(now)) {
            refuse("endDate", "is in the past");
        }
    }

    private void occurrences() {
        Instant start = content.startDate();
        boolean known = start != null && ZoneId.getAvailableZoneIds().contains(content.timeZone());
        if (!known || content.schedule() == null) {
            return;
        }
        String field = content.schedule().recurrenceRule() == null ? "frequency" : "recurrenceRule";
        try {
            Occurrences all = CampaignOccurrences.of(content.schedule(), start, content.endDate(), ZoneId.of(content.timeZone()));
            if (all.first().isEmpty()) {
                refuse(field, content.endDate() == null
                        ? "has no occurrence: the campaign would never run"
                        : "has no occurrence between startDate and endDate: the campaign would never run");
            }
        } catch (IllegalArgumentException e) {
            refuse(field, "cannot be read: " + e.getMessage());
        }
    }

    private void refuse(String field, String message) {
        errors.add(new FieldError(field, message));
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    private static boolean hasControls(String text) {
        return text.chars().anyMatch(Character::isISOControl);
    }
}
