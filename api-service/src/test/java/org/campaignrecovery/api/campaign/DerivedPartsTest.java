package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import org.campaignrecovery.model.content.EmailContent;
import org.junit.jupiter.api.Test;

class DerivedPartsTest {

    @Test
    void textIsDerivedFromHtml() {
        String html = "<html><head><style>p {}</style></head><body><h1>Hello {{name}}</h1><p>Come &amp; see<br>our  <b>new</b> shop:</p>"
                + "<ul><li>one</li><li>two</li></ul><p><a href=\"https://shop.example/{{customer_id}}\">the shop</a></p></body></html>";
        assertThat(DerivedParts.text(html)).isEqualTo("""
                Hello {{name}}

                Come & see
                our new shop:

                - one
                - two

                the shop (https://shop.example/{{customer_id}})
                """);
    }

    @Test
    void htmlIsDerivedFromText() {
        assertThat(DerivedParts.html("Dear {{name}},\n\ntea < coffee & {{#city}}{{city}}{{/city}}\nyours")).contains(
                "<p>Dear {{name}},</p>\n<p>tea &lt; coffee &amp; {{#city}}{{city}}{{/city}}<br>\nyours</p>");
    }

    @Test
    void whatTheAuthorWroteStays() {
        EmailContent both = new EmailContent("s", "<p>h</p>", "t", null);
        assertThat(DerivedParts.complete(both)).isSameAs(both);
        assertThat(DerivedParts.complete(new EmailContent("s", "<p>h</p>", " ", "Shop"))).isEqualTo(
                new EmailContent("s", "<p>h</p>", "h\n", "Shop"));
    }
}
