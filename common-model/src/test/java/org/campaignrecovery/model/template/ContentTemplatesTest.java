package org.campaignrecovery.model.template;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Map;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.junit.jupiter.api.Test;

class ContentTemplatesTest {
    private static final Map<String, String> DANA = Map.of("name", "Dana & Lee", "city", "Bangor");

    @Test
    void everyPartIsRenderedForTheCustomerAndOnlyHtmlIsEscaped() throws ContentException {
        var content = ContentTemplates.compile(new EmailContent("For {{name}}", "<p>{{name}}</p>", "{{name}}, {{city}}", "Shop"),
                new SmsContent("Hi {{name}}"));
        assertThat(content.email().orElseThrow().render(DANA))
                .isEqualTo(new RenderedEmail("For Dana & Lee", "<p>Dana &amp; Lee</p>", "Dana & Lee, Bangor"));
        assertThat(content.sms().orElseThrow().render(DANA)).isEqualTo(new RenderedSms("Hi Dana & Lee"));
    }

    @Test
    void theFieldsOfAllPartsAreKnown() throws ContentException {
        var content = ContentTemplates.compile(new EmailContent("{{a}}", "{{b}}", "{{c}}", null), new SmsContent("{{d}}{{a}}"));
        assertThat(content.fields()).containsExactly("a", "b", "c", "d");
        assertThat(content.email().orElseThrow().fields()).containsExactly("a", "b", "c");
        assertThat(content.sms().orElseThrow().fields()).containsExactly("d", "a");
    }

    @Test
    void whatACampaignDoesNotHaveIsNotRendered() throws ContentException {
        assertThat(ContentTemplates.compile(null, new SmsContent("x")).email()).isEmpty();
        var email = ContentTemplates.compile(new EmailContent("s", " ", "t", null), null);
        assertThat(email.sms()).isEmpty();
        assertThat(email.email().orElseThrow().render(Map.of())).isEqualTo(new RenderedEmail("s", null, "t"));
    }

    @Test
    void anAuthorHearsOfEveryBrokenPartAtOnce() {
        var thrown = catchThrowableOfType(ContentException.class,
                () -> ContentTemplates.compile(new EmailContent("{{", "fine", "{{>x}}", null), new SmsContent("{{#a}}")));
        assertThat(thrown.errors()).extracting(ContentError::part).containsExactly("email.subject", "email.text", "sms.body");
        assertThat(thrown).hasMessageContaining("email.text, line 1, column 1: ");
    }
}
