package org.campaignrecovery.worker.planning;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.bson.BsonInt64;
import org.campaignrecovery.ledger.audience.AudienceCursor.Entry;
import org.campaignrecovery.ledger.planning.PageDocument.Row;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

class PageRowsTest {
    private static final List<Channel> BOTH = List.of(Channel.EMAIL, Channel.SMS);

    private final List<Entry> entries = new ArrayList<>();

    @Test
    void reachesACustomerOnEachChannelUnderTheNormalisedAddress() {
        customer("1", " Ada@X.org ", "(202) 555-0101");
        Row row = plan(BOTH).rows().get(0);
        assertThat(row.customer()).isEqualTo("1");
        assertThat(row.addresses()).containsExactly(Map.entry("email", "ada@x.org"), Map.entry("sms", "+12025550101"));
    }

    @Test
    void countsWhyACustomerIsSkipped() {
        customer("1", null, "+12025550101");
        customer("2", "  ", "+12025550102");
        customer("3", "not an address", "12");
        customer("4", "ada@x.org", "+12025550104");
        customer("5", "ADA@x.org", "+1 202 555 0104");
        PageRows page = plan(BOTH);
        assertThat(page.skipped().get("email")).isEqualTo(new Skips(2, 1, 1));
        assertThat(page.skipped().get("sms")).isEqualTo(new Skips(0, 1, 1));
        assertThat(page.rows()).extracting(Row::customer).containsExactly("1", "2", "4");
    }

    @Test
    void theFirstCustomerOfAnAddressIsTheOneItIsRenderedFor() {
        customer("1", "a@x.org", null);
        customer("2", "a@x.org", null);
        assertThat(plan(BOTH).rows()).singleElement().extracting(Row::customer).isEqualTo("1");
    }

    @Test
    void aDuplicateOnOneChannelIsStillReachedOnTheOther() {
        customer("1", "a@x.org", "+12025550101");
        customer("2", "a@x.org", "+12025550102");
        assertThat(plan(BOTH).rows().get(1).addresses()).containsOnlyKeys("sms");
    }

    @Test
    void looksAtTheRunsChannelsOnly() {
        customer("1", "a@x.org", null);
        PageRows page = plan(List.of(Channel.EMAIL));
        assertThat(page.skipped()).containsOnlyKeys("email");
        assertThat(page.rows().get(0).addresses()).containsOnlyKeys("email");
    }

    @Test
    void freezesOnlyWhatTheTemplatesUse() {
        customer("1", "a@x.org", null);
        assertThat(plan(BOTH).rows().get(0).data()).containsExactly(Map.entry("name", "Ada"));
    }

    @Test
    void aPageWithoutAnybodyHasNoRows() {
        customer("1", null, null);
        assertThat(plan(BOTH).rows()).isEmpty();
    }

    /** Promise P2 begins here: customers are rows or skips, on each channel. */
    @Test
    void rowsAndSkipsOfAChannelSumToTheCustomers() {
        for (int i = 0; i < 50; i++) {
            customer("c" + i, i % 3 == 0 ? null : "a" + i % 7 + "@x.org", i % 5 == 0 ? "12" : "+120255501" + (10 + i % 11));
        }
        PageRows page = plan(BOTH);
        for (Channel channel : BOTH) {
            Skips skips = page.skipped().get(channel.wire());
            long reached = page.rows().stream().filter(row -> row.addresses().containsKey(channel.wire())).count();
            assertThat(reached + skips.noAddress() + skips.invalidAddress() + skips.duplicateAddress()).isEqualTo(50);
        }
    }

    private void customer(String id, String email, String phone) {
        Map<String, String> fields = new HashMap<>(Map.of("customer_id", id, "name", "Ada", "city", "London"));
        if (email != null) {
            fields.put("email", email);
        }
        if (phone != null) {
            fields.put("phone", phone);
        }
        entries.add(new Entry(new Customer(new CustomerId(id), fields), new BsonInt64(entries.size())));
    }

    private PageRows plan(List<Channel> channels) {
        return PageRows.of(entries, channels, Set.of("name"), new AddressNormaliser("US"));
    }
}
