package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.campaignrecovery.api.problem.FieldError;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.junit.jupiter.api.Test;

class RequestReaderTest {

    @Test
    void whatIsLeftOutHasDefaults() {
        RequestReader reader = new RequestReader(request(List.of("email"), List.of("1"), "2030-01-01T09:00:00Z", null, null));
        CampaignContent content = reader.read();
        assertThat(reader.errors()).isEmpty();
        assertThat(content.timeZone()).isEqualTo("UTC");
        assertThat(content.channels()).containsExactly(Channel.EMAIL);
        assertThat(content.delivery().onDoubt()).isEqualTo(OnDoubt.HOLD);
        assertThat(content.delivery().catchUpWindow()).isEqualTo("PT6H");
    }

    @Test
    void localTimesAreReadInTheZone() {
        assertThat(start("2030-01-31T09:00:00", "Europe/Berlin")).isEqualTo(Instant.parse("2030-01-31T08:00:00Z"));
        assertThat(start("2030-01-31T09:00", "America/New_York")).isEqualTo(Instant.parse("2030-01-31T14:00:00Z"));
        assertThat(start("2030-01-31T09:00:00+05:30", "Europe/Berlin")).isEqualTo(Instant.parse("2030-01-31T03:30:00Z"));
    }

    @Test
    void aTimeThatTheClocksLeaveOutMovesOn() {
        assertThat(start("2030-03-31T02:30:00", "Europe/Berlin")).isEqualTo(Instant.parse("2030-03-31T01:30:00Z"));
    }

    @Test
    void ofATimeThatOccursTwiceTheFirstIsMeant() {
        assertThat(start("2030-10-27T02:30:00", "Europe/Berlin")).isEqualTo(Instant.parse("2030-10-27T00:30:00Z"));
    }

    @Test
    void nonsenseIsNotedFieldByField() {
        RequestReader reader = new RequestReader(request(List.of("fax"), Collections.nCopies(100_001, "1"), "soon", "later", "Moon/Sea"));
        reader.read();
        assertThat(reader.errors()).extracting(FieldError::field).containsExactly("timeZone", "channels", "targetedCustomerIds",
                "startDate", "endDate");
    }

    @Test
    void whatRecursIsSaidByAFrequencyOrARule() {
        assertThat(recurring(null, "weekly", null).schedule()).isEqualTo(new CampaignDocument.Schedule("weekly", null));
        assertThat(recurring("recurring", null, "freq=weekly;byday=mo").schedule())
                .isEqualTo(new CampaignDocument.Schedule(null, "FREQ=WEEKLY;BYDAY=MO"));
        assertThat(recurring(null, "weekly", null).type()).isEqualTo(CampaignType.RECURRING);
        assertThat(recurring("bulk", null, null).type()).isEqualTo(CampaignType.BULK);
        assertThat(recurring(null, null, null).type()).isEqualTo(CampaignType.BULK);
    }

    @Test
    void whatCannotRecurIsRefusedUnderTheNameOfItsField() {
        assertThat(refused("recurring", null, null)).containsExactly("frequency");
        assertThat(refused("bulk", "daily", null)).containsExactly("type");
        assertThat(refused(null, "daily", "FREQ=DAILY")).containsExactly("recurrenceRule");
        assertThat(refused(null, "hourly", null)).containsExactly("frequency");
        assertThat(refused(null, null, "FREQ=MINUTELY")).containsExactly("recurrenceRule");
        assertThat(refused("sometimes", null, null)).containsExactly("type");
    }

    @Test
    void aSendWindowHasTwoTimesOfDayThatDiffer() {
        assertThat(window("09:00", "20:00")).isEmpty();
        assertThat(window("22:00", "06:00")).isEmpty();
        assertThat(window("9:00", "24:00")).containsExactly("delivery.sendWindow.from", "delivery.sendWindow.to");
        assertThat(window(null, "20:00")).containsExactly("delivery.sendWindow.from");
        assertThat(window("09:00", "09:00")).containsExactly("delivery.sendWindow.to");
    }

    private static List<String> window(String from, String to) {
        RequestReader reader = new RequestReader(new CampaignRequest("Name", null, null, List.of("sms"), null, null, List.of("1"), null,
                "2030-01-01T09:00:00Z", null, null, null, null,
                new CampaignRequest.Delivery(null, null, null, new CampaignRequest.Window(from, to))));
        CampaignDocument.Window read = reader.read().delivery().sendWindow();
        assertThat(read).isEqualTo(new CampaignDocument.Window(from, to));
        return reader.errors().stream().map(FieldError::field).toList();
    }

    private static CampaignContent recurring(String type, String frequency, String rule) {
        RequestReader reader = new RequestReader(recurringRequest(type, frequency, rule));
        CampaignContent content = reader.read();
        assertThat(reader.errors()).isEmpty();
        return content;
    }

    private static List<String> refused(String type, String frequency, String rule) {
        RequestReader reader = new RequestReader(recurringRequest(type, frequency, rule));
        reader.read();
        return reader.errors().stream().map(FieldError::field).toList();
    }

    private static CampaignRequest recurringRequest(String type, String frequency, String rule) {
        return new CampaignRequest("Name", null, type, List.of("sms"), null, null, List.of("1"), null, "2030-01-01T09:00:00Z", null, null,
                frequency, rule, null);
    }

    private static Instant start(String text, String zone) {
        RequestReader reader = new RequestReader(request(List.of("sms"), List.of("1"), text, null, zone));
        CampaignContent content = reader.read();
        assertThat(reader.errors()).isEmpty();
        return content.startDate();
    }

    private static CampaignRequest request(List<String> channels, List<String> ids, String start, String end, String zone) {
        return new CampaignRequest("Name", null, null, channels, null, null, ids, null, start, end, zone, null, null, null);
    }
}
