package org.campaignrecovery.api.campaign;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.campaignrecovery.model.template.ContentError;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.model.template.EmailTemplate;
import org.campaignrecovery.model.template.Template;

/** Whether a campaign's templates can be read, and which fields each part uses. */
final class TemplateRules {
    private final List<FieldError> errors = new ArrayList<>();
    private final Map<String, Set<String>> fieldsByPart = new LinkedHashMap<>();

    /** Reads the parts of the channels that the campaign uses. */
    TemplateRules(CampaignContent content) {
        EmailContent email = content.uses(Channel.EMAIL) ? content.email() : null;
        SmsContent sms = content.uses(Channel.SMS) ? content.sms() : null;
        try {
            ContentTemplates templates = ContentTemplates.compile(email, sms);
            templates.email().ifPresent(this::note);
            templates.sms().ifPresent(template -> note("sms.body", template.body()));
            ContentTemplates.compile(email == null ? null : DerivedParts.complete(email), null);
        } catch (ContentException e) {
            e.errors().forEach(error -> errors.add(new FieldError(error.part(), explanation() + sentence(error))));
        }
    }

    /** What the author wrote was read before, so that an error after it is in what was derived. */
    private String explanation() {
        return fieldsByPart.isEmpty() ? "" : "cannot be derived from the other part, please write it too. ";
    }

    private void note(EmailTemplate email) {
        note("email.subject", email.subject());
        note("email.html", email.html());
        note("email.text", email.text());
    }

    private void note(String part, Template template) {
        if (template != null) {
            fieldsByPart.put(part, template.fields());
        }
    }

    private static String sentence(ContentError error) {
        return "line %d, column %d: %s".formatted(error.error().line(), error.error().column(), error.error().sentence());
    }

    List<FieldError> errors() {
        return errors;
    }

    /** All fields that the templates use. */
    List<String> fields() {
        return fieldsByPart.values().stream().flatMap(Set::stream).distinct().toList();
    }

    /** The parts that use a field. */
    Stream<String> partsWith(String field) {
        return fieldsByPart.entrySet().stream().filter(part -> part.getValue().contains(field)).map(Map.Entry::getKey);
    }

    /** What to say about fields that no customer has. */
    List<FieldError> unknown(Set<String> names) {
        return fieldsByPart.entrySet().stream().flatMap(part -> unknown(part.getKey(), part.getValue(), names)).toList();
    }

    private static Stream<FieldError> unknown(String part, Set<String> used, Set<String> names) {
        return used.stream().filter(names::contains).map(name -> new FieldError(part,
                "uses {{%s}}, which no customer's orders have; customer_id, name, email, phone and the fields of the orders can be used"
                        .formatted(name)));
    }
}
