package org.campaignrecovery.api.campaign;

import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.campaignrecovery.model.content.EmailContent;
import org.jsoup.Jsoup;
import org.jsoup.nodes.Element;
import org.jsoup.nodes.Entities;
import org.jsoup.nodes.Node;
import org.jsoup.nodes.TextNode;
import org.jsoup.select.NodeVisitor;

/**
 * Every e-mail goes out with HTML and text; the part that its author did not write is derived from the other. Tags of the template stay
 * as they are.
 */
public final class DerivedParts {
    private static final Pattern TAG = Pattern.compile("\\{\\{.*?}}", Pattern.DOTALL);
    private static final Pattern PARAGRAPHS = Pattern.compile("\\R\\s*\\R");

    private DerivedParts() {
    }

    /** The same content with both parts. */
    public static EmailContent complete(EmailContent email) {
        if (isBlank(email.text()) && !isBlank(email.html())) {
            return new EmailContent(email.subject(), email.html(), text(email.html()), email.fromName());
        }
        if (isBlank(email.html()) && !isBlank(email.text())) {
            return new EmailContent(email.subject(), html(email.text()), email.text(), email.fromName());
        }
        return email;
    }

    static String html(String text) {
        return PARAGRAPHS.splitAsStream(text.strip()).map(paragraph -> "<p>" + escaped(paragraph).replaceAll("\\R", "<br>\n") + "</p>")
                .collect(Collectors.joining("\n", "<!DOCTYPE html>\n<html><body>\n", "\n</body></html>\n"));
    }

    private static String escaped(String text) {
        StringBuilder html = new StringBuilder();
        Matcher tags = TAG.matcher(text);
        int at = 0;
        while (tags.find()) {
            html.append(Entities.escape(text.substring(at, tags.start()))).append(tags.group());
            at = tags.end();
        }
        return html.append(Entities.escape(text.substring(at))).toString();
    }

    static String text(String html) {
        TextWriter writer = new TextWriter();
        Jsoup.parse(html).body().traverse(writer);
        return writer.text();
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }

    /** Blocks become lines, paragraphs are set apart, a link shows where it leads. */
    private static final class TextWriter implements NodeVisitor {
        private final StringBuilder text = new StringBuilder();

        @Override
        public void head(Node node, int depth) {
            if (node instanceof TextNode words) {
                String more = words.text();
                text.append(text.isEmpty() || Character.isWhitespace(text.charAt(text.length() - 1)) ? more.stripLeading() : more);
            } else if (node instanceof Element element) {
                begin(element);
            }
        }

        private void begin(Element element) {
            boolean lineStart = text.isEmpty() || text.charAt(text.length() - 1) == '\n';
            if (element.normalName().equals("br") || element.isBlock() && !lineStart) {
                text.append('\n');
            }
            if (element.normalName().equals("li")) {
                text.append("- ");
            }
        }

        @Override
        public void tail(Node node, int depth) {
            if (!(node instanceof Element element)) {
                return;
            }
            String target = element.attr("href");
            if (element.normalName().equals("a") && !target.isBlank() && !target.equals(element.text())) {
                text.append(" (").append(target).append(')');
            } else if (element.isBlock()) {
                text.append(element.normalName().matches("p|h[1-6]|ul|ol|table|blockquote") ? "\n\n" : "\n");
            }
        }

        String text() {
            return text.toString().replaceAll("[ \\t]+\\n", "\n").replaceAll("\\n{3,}", "\n\n").strip() + "\n";
        }
    }
}
