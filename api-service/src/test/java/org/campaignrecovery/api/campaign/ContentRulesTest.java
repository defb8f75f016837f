package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;

import org.campaignrecovery.api.audience.Targets;
import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;
import org.junit.jupiter.api.Test;

class ContentRulesTest {
    private static final Instant NOW = Instant.parse("2030-06-01T12:00:00Z");
    private static final Targets SOMEBODY = new Targets.Ids(List.of("1"));

    @Test
    void aStartInThePastIsLegal() {
        assertThat(errors(NOW.minusSeconds(7_200), null)).isEmpty();
    }

    @Test
    void theEndMustComeAfterTheStartAndNotBeOver() {
        assertThat(errors(NOW, NOW)).containsExactly(new FieldError("endDate", "must be after startDate"));
        assertThat(errors(NOW.minusSeconds(60), NOW.minusSeconds(1))).containsExactly(new FieldError("endDate", "is in the past"));
        assertThat(errors(NOW.minusSeconds(60), NOW.plusSeconds(1))).isEmpty();
    }

    @Test
    void contentIsNeededOnlyForTheChannelsThatAreUsed() {
        CampaignContent sms = content(List.of(Channel.SMS), null, new SmsContent("Hi"), SOMEBODY);
        assertThat(ContentRules.errors(sms, NOW)).isEmpty();
        CampaignContent both = content(List.of(Channel.SMS, Channel.EMAIL), new EmailContent(" ", null, " ", null), null, SOMEBODY);
        assertThat(ContentRules.errors(both, NOW)).extracting(FieldError::field).containsExactly("email.subject", "email.html", "sms.body");
    }

    @Test
    void anAudienceOfNobodyIsRefused() {
        SmsContent hi = new SmsContent("Hi");
        assertThat(ContentRules.errors(content(List.of(Channel.SMS), null, hi, null), NOW)).hasSize(1);
        assertThat(ContentRules.errors(content(List.of(Channel.SMS), null, hi, new Targets.Ids(List.of())), NOW))
                .containsExactly(new FieldError("targetedCustomerIds", "is empty: the campaign would reach nobody"));
        assertThat(
                ContentRules.errors(content(List.of(Channel.SMS), null, hi, new Targets.Known(CampaignDocument.Audience.EVERYBODY)), NOW))
                .isEmpty();
    }

    @Test
    void aCampaignThatWouldNeverRunIsRefused() {
        CampaignDocument.Schedule mondays = new CampaignDocument.Schedule(null, "FREQ=WEEKLY;BYDAY=MO");
        assertThat(recurring(mondays, null)).isEmpty();
        assertThat(recurring(mondays, NOW.plusSeconds(3_600))).as("a Saturday").extracting(FieldError::field)
                .containsExactly("recurrenceRule");
        assertThat(recurring(new CampaignDocument.Schedule(null, "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"), null))
                .containsExactly(new FieldError("recurrenceRule", "has no occurrence: the campaign would never run"));
        assertThat(recurring(new CampaignDocument.Schedule("monthly", null), NOW.plusSeconds(1))).isEmpty();
    }

    private static List<FieldError> recurring(CampaignDocument.Schedule schedule, Instant end) {
        return ContentRules.errors(new CampaignContent("Name", null, List.of(Channel.SMS), null, new SmsContent("Hi"), SOMEBODY, NOW, end,
                "UTC", schedule, CampaignDocument.Settings.DEFAULT), NOW);
    }

    private static List<FieldError> errors(Instant start, Instant end) {
        return ContentRules.errors(new CampaignContent("Name", null, List.of(Channel.SMS), null, new SmsContent("Hi"), SOMEBODY, start, end,
                "UTC", null, CampaignDocument.Settings.DEFAULT), NOW);
    }

    private static CampaignContent content(List<Channel> channels, EmailContent email, SmsContent sms, Targets audience) {
        return new CampaignContent("Name", null, channels, email, sms, audience, NOW, null, "UTC", null,
                CampaignDocument.Settings.DEFAULT);
    }
}
