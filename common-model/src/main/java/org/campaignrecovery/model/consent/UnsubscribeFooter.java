package org.campaignrecovery.model.consent;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

import org.campaignrecovery.model.template.EmailTemplate;
import org.campaignrecovery.model.template.RenderedEmail;
import org.campaignrecovery.model.template.Template;

import com.samskivert.mustache.Escapers;

/** Sees to it that every e-mail shows its link to unsubscribe: where its author has put {@link #FIELD}, otherwise at the end. */
public final class UnsubscribeFooter {
    /** The field of a template that stands for the link. */
    public static final String FIELD = "unsubscribe_url";

    private static final String END_OF_BODY = "</body>";
    private static final String HTML = "<p style=\"font-size:small\"><a href=\"%s\">%s</a></p>\n";
    private static final String TEXT = "\n-- \n%s: %s\n";

    private UnsubscribeFooter() {
    }

    /** What a template gets to see: the customer's values and the link. */
    public static Map<String, String> values(Map<String, String> customer, String url) {
        Map<String, String> values = new LinkedHashMap<>(customer);
        values.put(FIELD, url);
        return values;
    }

    /**
     * @param url of letters, digits and what else means nothing in HTML
     * @param label of the link, as text
     */
    public static RenderedEmail render(EmailTemplate template, Map<String, String> customer, String url, String label) {
        RenderedEmail email = template.render(values(customer, url));
        return new RenderedEmail(email.subject(), email.html() == null || shows(template.html())
                ? email.html()
                : withFooter(email.html(), HTML.formatted(url, Escapers.HTML.escape(label))),
                email.text() == null || shows(template.text()) ? email.text() : email.text() + TEXT.formatted(label, url));
    }

    private static boolean shows(Template part) {
        return part.fields().contains(FIELD);
    }

    private static String withFooter(String html, String footer) {
        int end = html.toLowerCase(Locale.ROOT).lastIndexOf(END_OF_BODY);
        return end < 0 ? html + footer : html.substring(0, end) + footer + html.substring(end);
    }
}
