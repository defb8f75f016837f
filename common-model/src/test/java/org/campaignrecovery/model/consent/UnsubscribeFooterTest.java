package org.campaignrecovery.model.consent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.model.template.RenderedEmail;
import org.junit.jupiter.api.Test;

class UnsubscribeFooterTest {
    private static final String URL = "https://shop.example/unsubscribe/abc-_";

    @Test
    void isAddedAtTheEnd() throws ContentException {
        RenderedEmail email = render("<p>Hello {{name}}</p>", "Hello {{name}}");
        assertThat(email.html()).isEqualTo(
                "<p>Hello Ada</p><p style=\"font-size:small\"><a href=\"https://shop.example/unsubscribe/abc-_\">Stop &lt;now&gt;</a></p>\n");
        assertThat(email.text()).isEqualTo("Hello Ada\n-- \nStop <now>: https://shop.example/unsubscribe/abc-_\n");
    }

    @Test
    void standsInsideTheBody() throws ContentException {
        assertThat(render("<html><BODY>Hello</BODY></html>", null).html()).matches("(?s)<html><BODY>Hello<p .*</p>\\s*</BODY></html>");
        assertThat(render("<html><BODY>Hello</BODY></html>", null).text()).isNull();
    }

    /** Each part by itself: a text reader does not see the HTML. */
    @Test
    void isLeftOutWhereTheAuthorHasPutTheLink() throws ContentException {
        RenderedEmail email = render("<a href='{{unsubscribe_url}}'>away</a>", "Hello");
        assertThat(email.html()).isEqualTo("<a href='https://shop.example/unsubscribe/abc-_'>away</a>");
        assertThat(email.text()).contains(URL);
        assertThat(render("Hello", "Bye: {{unsubscribe_url}}").text()).isEqualTo("Bye: " + URL);
    }

    @Test
    void noFieldOfACustomerTakesItsPlace() throws ContentException {
        RenderedEmail email = UnsubscribeFooter.render(
                ContentTemplates.compile(new EmailContent("s", null, "{{unsubscribe_url}}", null), null).email().orElseThrow(),
                Map.of("unsubscribe_url", "https://evil.example"), URL, "Stop");
        assertThat(email.text()).isEqualTo(URL);
    }

    private static RenderedEmail render(String html, String text) throws ContentException {
        return UnsubscribeFooter.render(ContentTemplates.compile(new EmailContent("s", html, text, null), null).email().orElseThrow(),
                Map.of("name", "Ada"), URL, "Stop <now>");
    }
}
