package org.campaignrecovery.model.template;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;

/** A campaign's content, compiled. */
public final class ContentTemplates {
    private final EmailTemplate email;
    private final SmsTemplate sms;

    private ContentTemplates(EmailTemplate email, SmsTemplate sms) {
        this.email = email;
        this.sms = sms;
    }

    /**
     * Values are escaped in the HTML part and stay as they are in the others. A part that is null or blank is left out (an empty subject
     * or SMS is kept: whether one is allowed is not the templates' business).
     *
     * @param email or null when the campaign sends none
     * @param sms or null when the campaign sends none
     * @throws ContentException with an error for each part that is not a template
     */
    public static ContentTemplates compile(EmailContent email, SmsContent sms) throws ContentException {
        Compilation parts = new Compilation();
        EmailTemplate compiledEmail = email == null
                ? null
                : new EmailTemplate(parts.compile("email.subject", email.subject(), Escaping.NONE),
                        parts.compileOrNull("email.html", email.html(), Escaping.HTML),
                        parts.compileOrNull("email.text", email.text(), Escaping.NONE));
        SmsTemplate compiledSms = sms == null ? null : new SmsTemplate(parts.compile("sms.body", sms.body(), Escaping.NONE));
        if (!parts.errors.isEmpty()) {
            throw new ContentException(parts.errors);
        }
        return new ContentTemplates(compiledEmail, compiledSms);
    }

    public Optional<EmailTemplate> email() {
        return Optional.ofNullable(email);
    }

    public Optional<SmsTemplate> sms() {
        return Optional.ofNullable(sms);
    }

    /** The fields that any part uses: what a delivery must carry to be rendered. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>();
        email().ifPresent(template -> fields.addAll(template.fields()));
        sms().ifPresent(template -> fields.addAll(template.fields()));
        return fields;
    }

    /** Goes on after an error, so that an author hears of all parts at once. */
    private static final class Compilation {
        private final List<ContentError> errors = new ArrayList<>();

        Template compileOrNull(String part, String source, Escaping escaping) {
            return source == null || source.isBlank() ? null : compile(part, source, escaping);
        }

        Template compile(String part, String source, Escaping escaping) {
            try {
                return Template.compile(source == null ? "" : source, escaping);
            } catch (TemplateException e) {
                errors.add(new ContentError(part, e.error()));
                return null;
            }
        }
    }
}
