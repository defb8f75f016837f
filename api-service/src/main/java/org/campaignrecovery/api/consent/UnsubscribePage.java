package org.campaignrecovery.api.consent;

import java.util.Map;

import org.campaignrecovery.model.template.Escaping;
import org.campaignrecovery.model.template.Template;
import org.campaignrecovery.model.template.TemplateException;

/** What a person sees who follows a link to unsubscribe. */
final class UnsubscribePage {
    private static final Template PAGE = compile(
            """
                    <!DOCTYPE html>
                    <html lang="en">
                    <head>
                    <meta charset="utf-8">
                    <meta name="viewport" content="width=device-width, initial-scale=1">
                    <meta name="robots" content="noindex">
                    <title>{{title}}</title>
                    <style>
                    body { font-family: system-ui, sans-serif; line-height: 1.5; max-width: 32rem; margin: 15vh auto; padding: 0 1rem; color: #222; }
                    button { font: inherit; padding: .6rem 1.2rem; border: 0; border-radius: .4rem; background: #1a5fb4; color: #fff; }
                    </style>
                    </head>
                    <body>
                    <h1>{{title}}</h1>
                    <p>{{sentence}}</p>
                    {{#button}}<form method="post"><button type="submit">{{button}}</button></form>{{/button}}
                    </body>
                    </html>
                    """);
    private static final int SHOWN = 1;

    private UnsubscribePage() {
    }

    static String question(String address) {
        return PAGE.render(Map.of("title", "Unsubscribe", "sentence",
                "Shall we stop sending messages to %s?".formatted(masked(address)), "button", "Yes, unsubscribe"));
    }

    static String done(String address) {
        return PAGE.render(Map.of("title", "You are unsubscribed", "sentence",
                "We will not send any more messages to %s. One that is on its way already may still arrive.".formatted(masked(address))));
    }

    static String unknown() {
        return PAGE.render(Map.of("title", "This link is not complete", "sentence",
                "Please copy the whole link from the message, or answer the message and ask to be unsubscribed."));
    }

    /** Enough for its owner; a link may be forwarded. */
    private static String masked(String address) {
        int at = address.indexOf('@');
        return at < 0
                ? "…" + address.substring(Math.max(0, address.length() - 3))
                : address.substring(0, Math.min(SHOWN, at)) + "…" + address.substring(at);
    }

    private static Template compile(String source) {
        try {
            return Template.compile(source, Escaping.HTML);
        } catch (TemplateException e) {
            throw new IllegalStateException(e);
        }
    }
}
