package org.campaignrecovery.model.template;

import java.util.LinkedHashSet;
import java.util.Map;
import java.util.Set;

/**
 * The compiled parts of an e-mail.
 *
 * @param html or null
 * @param text or null
 */
public record EmailTemplate(Template subject, Template html, Template text) {

    /** The fields that any part uses. */
    public Set<String> fields() {
        Set<String> fields = new LinkedHashSet<>(subject.fields());
        if (html != null) {
            fields.addAll(html.fields());
        }
        if (text != null) {
            fields.addAll(text.fields());
        }
        return fields;
    }

    public RenderedEmail render(Map<String, String> values) {
        return new RenderedEmail(subject.renderLine(values), html == null ? null : html.render(values),
                text == null ? null : text.render(values));
    }
}
