package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Set;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.junit.jupiter.api.Test;

class TemplateRulesTest {

    @Test
    void errorsNameTheirPartAndPlace() {
        TemplateRules rules = rules(new EmailContent("Hi {{name", "<p>\n  {{/x}}</p>", null, null), new SmsContent("ok"));
        assertThat(rules.errors()).extracting(FieldError::field).containsExactly("email.subject", "email.html");
        assertThat(rules.errors().get(1).message()).startsWith("line 2, column 3: ");
    }

    @Test
    void fieldsAreCollectedOverAllParts() {
        TemplateRules rules = rules(new EmailContent("Hi {{name}}", "<p>{{city}}</p>", null, null), new SmsContent("{{city}} {{zip}}"));
        assertThat(rules.errors()).isEmpty();
        assertThat(rules.fields()).containsExactlyInAnyOrder("name", "city", "zip");
    }

    @Test
    void anUnknownFieldIsSaidForEveryPartThatTheAuthorWrote() {
        TemplateRules rules = rules(new EmailContent("Hi {{name}}", "<p>{{city}}</p>", null, null), new SmsContent("{{city}}"));
        assertThat(rules.unknown(Set.of("city"))).extracting(FieldError::field).containsExactly("email.html", "sms.body");
    }

    @Test
    void channelsThatAreNotUsedAreNotRead() {
        CampaignContent content = new CampaignContent("n", null, List.of(Channel.SMS), new EmailContent("{{", null, null, null),
                new SmsContent("ok"), null, Instant.EPOCH, null, "UTC", null, CampaignDocument.Settings.DEFAULT);
        assertThat(new TemplateRules(content).errors()).isEmpty();
    }

    private static TemplateRules rules(EmailContent email, SmsContent sms) {
        return new TemplateRules(new CampaignContent("n", null, List.of(Channel.EMAIL, Channel.SMS), email, sms, null, Instant.EPOCH, null,
                "UTC", null, CampaignDocument.Settings.DEFAULT));
    }
}
