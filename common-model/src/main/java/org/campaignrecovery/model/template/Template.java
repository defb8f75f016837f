package org.campaignrecovery.model.template;

import java.util.Collections;
import java.util.Map;
import java.util.Set;

import com.samskivert.mustache.Escapers;
import com.samskivert.mustache.Mustache;
import com.samskivert.mustache.MustacheException;

/**
 * A logic-less Mustache template, compiled once and rendered for each customer. It knows variables {@code {{name}}}, sections
 * {@code {{#name}}…{{/name}}} that show when the field has a value, {@code {{^name}}…{{/name}}} that show when it has none, and comments
 * {@code {{! … }}}; nothing else. A missing or blank field renders as nothing. A value is never read as a template. Thread-safe.
 */
public final class Template {
    private final com.samskivert.mustache.Template compiled;
    private final Set<String> fields;

    private Template(com.samskivert.mustache.Template compiled, Set<String> fields) {
        this.compiled = compiled;
        this.fields = Collections.unmodifiableSet(fields);
    }

    /** @throws TemplateException with a sentence for the author when {@code source} is not such a template */
    public static Template compile(String source, Escaping escaping) throws TemplateException {
        Set<String> fields = Tags.fields(source);
        try {
            return new Template(engine(escaping).compile(source), fields);
        } catch (MustacheException e) {
            // Tags has read it and found nothing wrong, so the engine is stricter in something: better refused than sent.
            throw new TemplateException(new TemplateError(1, 1, "The template cannot be read: %s.".formatted(e.getMessage())));
        }
    }

    private static Mustache.Compiler engine(Escaping escaping) {
        return Mustache.compiler().withCollector(new TextFields()).defaultValue("").emptyStringIsFalse(true)
                .withEscaper(escaping == Escaping.HTML ? Escapers.HTML : Escapers.NONE);
    }

    /** The fields that it uses, in the order of their first use. */
    public Set<String> fields() {
        return fields;
    }

    /** @param values text by field */
    public String render(Map<String, String> values) {
        return compiled.execute(values);
    }

    /** Rendered for a header of a message: one line, whatever the values hold, so that no value can add a header. */
    public String renderLine(Map<String, String> values) {
        return HeaderText.singleLine(render(values));
    }
}
