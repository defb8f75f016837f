package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.Collections;
import java.util.List;

import org.campaignrecovery.api.problem.FieldError;
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
