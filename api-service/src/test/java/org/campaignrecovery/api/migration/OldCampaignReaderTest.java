package org.campaignrecovery.api.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.assertj.core.groups.Tuple;
import org.campaignrecovery.api.migration.OldRecipient.Verdict;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.ObjectMapper;

class OldCampaignReaderTest {
    private static final ObjectMapper MAPPER = new ObjectMapper();

    private static OldCampaign read(String json) throws Exception {
        return new OldCampaignReader(MAPPER.readTree(json)).read();
    }

    @Test
    void understandsExtendedJsonAndTheOtherNamesOfFields() throws Exception {
        OldCampaign old = read("""
                {"_id": {"$oid": "507f1f77bcf86cd799439011"}, "title": "Sale", "status": "Scheduled", "timezone": "Europe/Berlin",
                 "startDate": {"$date": {"$numberLong": "2051258400000"}}, "endDate": "2035-02-01T09:00:00",
                 "targetedCustomerIds": [17850, {"$numberInt": "5"}, {"$numberDouble": "6.0"}, "a", null, "5"],
                 "content": {"email": {"subject": "S", "body": "plain"}, "sms": "text"},
                 "performance": {"sent": {"$numberLong": "7"}, "smsSent": 3, "failed": 1}, "__v": 4, "agendaJobId": "x"}""");
        CampaignDocument campaign = old.campaign();
        assertThat(campaign.id).isEqualTo("507f1f77bcf86cd799439011");
        assertThat(campaign.name).isEqualTo("Sale");
        assertThat(campaign.startDate).isEqualTo("2035-01-01T10:00:00Z");
        assertThat(campaign.endDate).as("read in the campaign's zone").isEqualTo("2035-02-01T08:00:00Z");
        assertThat(campaign.email.subject()).isEqualTo("S");
        assertThat(campaign.email.text()).as("no tag, so it is text").isEqualTo("plain");
        assertThat(campaign.sms.body()).isEqualTo("text");
        assertThat(campaign.channels).containsExactly(Channel.EMAIL, Channel.SMS);
        assertThat(campaign.type).isEqualTo(CampaignType.BULK);
        assertThat(old.customerIds()).containsExactly("17850", "5", "6", "a");
        assertThat(old.sentCounts()).isEqualTo(Map.of(Channel.EMAIL, 4L, Channel.SMS, 3L));
        assertThat(old.failedCount()).isEqualTo(1);
        assertThat(old.notes()).as("null is no id, and nothing else was lost").containsExactly("1 of its targetedCustomerIds are no ids");
    }

    @Test
    void namesWhatItDoesNotUnderstand() throws Exception {
        OldCampaign old = read("""
                {"_id": "c-1", "name": "n", "status": "draft", "abTest": true, "content": {"banner": "b"}, "performance": {"opened": 5},
                 "recipients": [{"email": "a@x.org", "status": "sent", "ip": "1"}]}""");
        assertThat(old.notes()).containsExactly("not taken over of its recipients: ip",
                "not taken over, because nobody here knows what it means: abTest, content.banner, performance.opened");
    }

    @Test
    void readsRecipientsInEveryShapeAndGuessesNothing() throws Exception {
        OldCampaign old = read("""
                {"_id": "c-1", "name": "n", "status": "processing", "emailSubject": "s", "emailBody": "b",
                 "recipients": [{"email": "a@x.org", "status": "sent", "sentAt": {"$date": "2026-11-23T10:00:00Z"}},
                                {"email": "b@x.org", "phone": "+12025550101", "status": "delivered"},
                                {"email": "c@x.org", "status": "queued"}, {"email": "d@x.org", "status": "sending"},
                                {"email": "e@x.org"}, {"customerId": 5, "channel": "email", "status": "sent"}, {"status": "sent"}],
                 "sentEmails": ["f@x.org", {"email": "g@x.org"}], "sentPhones": [{"$numberLong": "12025550102"}]}""");
        assertThat(old.recipients()).extracting(OldRecipient::channel, OldRecipient::address, OldRecipient::customer, OldRecipient::verdict)
                .containsExactly(row(Channel.EMAIL, "a@x.org", null, Verdict.REACHED), row(Channel.EMAIL, "b@x.org", null, Verdict.REACHED),
                        row(Channel.SMS, "+12025550101", null, Verdict.REACHED), row(Channel.EMAIL, "c@x.org", null, Verdict.OPEN),
                        row(Channel.EMAIL, "d@x.org", null, Verdict.UNKNOWN), row(Channel.EMAIL, "e@x.org", null, Verdict.UNKNOWN),
                        row(Channel.EMAIL, null, "5", Verdict.REACHED), row(Channel.EMAIL, "f@x.org", null, Verdict.REACHED),
                        row(Channel.EMAIL, "g@x.org", null, Verdict.REACHED), row(Channel.SMS, "12025550102", null, Verdict.REACHED));
        assertThat(old.recipients().get(0).at()).isEqualTo(Instant.parse("2026-11-23T10:00:00Z"));
        assertThat(old.notes()).containsExactly("1 of its recipients name neither an address nor a customer",
                "nobody can tell whether recipients with the status none, sending were reached: they are in doubt, and an operator decides");
    }

    private static Tuple row(Object... values) {
        return Tuple.tuple(values);
    }

    @Test
    void aFrequencyMakesItRecurring() throws Exception {
        OldCampaign old = read("""
                {"_id": "c-1", "name": "n", "status": "scheduled", "frequency": "Daily", "lastExecuted": "2026-11-23T08:00:00Z"}""");
        assertThat(old.campaign().type).isEqualTo(CampaignType.RECURRING);
        assertThat(old.campaign().schedule).isEqualTo(new CampaignDocument.Schedule("daily", null));
        assertThat(old.lastRunAt()).isEqualTo("2026-11-23T08:00:00Z");
        assertThat(read("{\"_id\": 1, \"status\": \"draft\", \"frequency\": \"once\"}").campaign().type).isEqualTo(CampaignType.BULK);
        assertThat(read("{\"_id\": 1, \"status\": \"draft\", \"frequency\": \"hourly\"}").findings()).hasSize(1);
    }

    @Test
    void derivesTheIdFromTheOldOne() throws Exception {
        assertThat(OldCampaignReader.newId("507f1f77bcf86cd799439011")).isEqualTo("507f1f77bcf86cd799439011");
        assertThat(OldCampaignReader.newId("summer")).matches("[0-9a-f]{24}").isEqualTo(OldCampaignReader.newId("summer"))
                .isNotEqualTo(OldCampaignReader.newId("Summer"));
    }

    @Test
    void refusesWhatCannotBeKept() {
        assertThatThrownBy(() -> read("{\"name\": \"n\"}")).isInstanceOf(RefusedException.class).hasMessage("it has no _id");
        assertThatThrownBy(() -> read("{\"_id\": 1, \"name\": \"n\"}")).hasMessage("it has no status");
        assertThatThrownBy(() -> read("{\"_id\": 1, \"status\": \"odd\"}")).hasMessage("nobody here knows the status 'odd'");
    }

    @Test
    void saysWhatCannotBeRead() throws Exception {
        OldCampaign old = read("{\"_id\": 1, \"status\": \"draft\", \"startDate\": \"soon\", \"timeZone\": \"Mars\"}");
        assertThat(old.findings()).extracting(finding -> finding.field()).isEqualTo(List.of("timeZone", "startDate"));
    }
}
