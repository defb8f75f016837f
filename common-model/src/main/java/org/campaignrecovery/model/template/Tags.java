package org.campaignrecovery.model.template;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * Reads the tags of a template before the engine does: finds the fields that it uses, and refuses what is not a variable, a section or a
 * comment with a sentence for its author. The engine would take some of it for text (a tag that is never closed) or obey (partials, other
 * delimiters, unescaped values).
 */
final class Tags {
    private static final String OPEN = "{{";
    private static final String CLOSE = "}}";
    private static final Pattern NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_-]*");
    /** To the engine this is the whole customer. */
    private static final String THIS = "this";
    /** Each level costs stack when the template is rendered. */
    private static final int MAX_DEPTH = 20;

    private final String source;
    private final Set<String> fields = new LinkedHashSet<>();
    private final Deque<Section> open = new ArrayDeque<>();

    private record Section(String name, int at) {
    }

    private Tags(String source) {
        this.source = source;
    }

    /** The fields that {@code source} uses, in the order of their first use. */
    static Set<String> fields(String source) throws TemplateException {
        Tags tags = new Tags(source);
        tags.read();
        return tags.fields;
    }

    private void read() throws TemplateException {
        int at = source.indexOf(OPEN);
        while (at >= 0) {
            int start = at + OPEN.length();
            int end = source.indexOf(CLOSE, start);
            boolean comment = source.startsWith("!", start);
            if (end < 0 || !comment && source.substring(start, end).indexOf(OPEN, 1) >= 0) {
                throw error(at, "This {{ is never closed; write }} after the field's name, or take the braces away.");
            }
            if (!comment) {
                tag(at, source.substring(start, end));
            }
            at = source.indexOf(OPEN, end + CLOSE.length());
        }
        if (!open.isEmpty()) {
            throw error(open.peek().at,
                    "The section {{#%1$s}} is never closed; write {{/%1$s}} where it ends.".formatted(open.peek().name));
        }
    }

    private void tag(int at, String body) throws TemplateException {
        String tag = body.strip();
        char kind = tag.isEmpty() ? ' ' : tag.charAt(0);
        switch (kind) {
            case '#', '^' -> openSection(at, name(at, tag.substring(1)));
            case '/' -> closeSection(at, name(at, tag.substring(1)));
            case '{', '&' ->
                throw error(at, "Values are always escaped where it is needed; write {{field}} with two braces and without &.");
            case '>', '<', '$' -> throw error(at, "Templates cannot include others; write the text here.");
            case '=' -> throw error(at, "The braces {{ }} cannot be exchanged for others; remove this tag.");
            case '!' -> throw error(at, "A comment begins with {{! without a space between.");
            default -> fields.add(name(at, tag));
        }
    }

    private void openSection(int at, String name) throws TemplateException {
        if (open.size() == MAX_DEPTH) {
            throw error(at, "Sections are nested more than %d deep; nest fewer.".formatted(MAX_DEPTH));
        }
        open.push(new Section(name, at));
        fields.add(name);
    }

    private void closeSection(int at, String name) throws TemplateException {
        if (open.isEmpty()) {
            throw error(at, "Nothing is open that {{/%1$s}} could close; write {{#%1$s}} where the section begins.".formatted(name));
        }
        String expected = open.pop().name;
        if (!expected.equals(name)) {
            throw error(at, "{{/%s}} must come first: the section {{#%1$s}} is still open here, not %s.".formatted(expected, name));
        }
    }

    private String name(int at, String text) throws TemplateException {
        String name = text.strip();
        if (name.isEmpty()) {
            throw error(at, "A field's name is missing between the braces.");
        }
        if (name.indexOf('.') >= 0 || name.equals(THIS)) {
            throw error(at, "'%s' is not a field: only plain names like {{name}} can be used, without dots.".formatted(name));
        }
        if (!NAME.matcher(name).matches()) {
            throw error(at, "'%s' cannot be a field's name: use letters, digits, _ and -, beginning with a letter.".formatted(name));
        }
        return name;
    }

    private TemplateException error(int at, String sentence) {
        int lineStart = source.lastIndexOf('\n', at - 1) + 1;
        int line = 1 + (int) source.substring(0, lineStart).chars().filter(c -> c == '\n').count();
        return new TemplateException(new TemplateError(line, at - lineStart + 1, sentence));
    }
}
