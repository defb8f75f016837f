package org.campaignrecovery.api.counting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

class AudienceTallyTest {

    @Test
    void everyCustomerIsPlannedOrSkippedForOneReasonOnEachChannel() {
        AudienceTally tally = new AudienceTally(List.of(Channel.values()), new AddressNormaliser("US"));
        assertThat(tally.add(List.of(customer("1", "Ada@customers.example", "207-555-0140"), customer("2", "ada@Customers.example", " "),
                customer("3", "nobody", "1"), customer("4", null, "+12075550140"), customer("5", null, null))))
                .contains("email:Ada@customers.example".toLowerCase(), "sms:+12075550140");
        tally.suppressed(Set.of("email:ada@customers.example"));
        tally.suppressed(Set.of("email:ada@customers.example", "sms:+12075550140"));
        assertThat(tally.count(true)).isEqualTo(new AudienceCount(5, 1, true, Map.of("email", 1L, "sms", 1L),
                Map.of("email", new Skips(2, 1, 1), "sms", new Skips(2, 1, 1)), Map.of("email", 1L, "sms", 1L)));
    }

    @Test
    void aCampaignOfOneChannelIsCountedOnThatOne() {
        AudienceTally tally = new AudienceTally(List.of(Channel.SMS), new AddressNormaliser("US"));
        tally.add(List.of(customer("1", "ada@customers.example", "207-555-0140")));
        tally.suppressed(Set.of());
        assertThat(tally.count(false)).isEqualTo(new AudienceCount(1, 0, false, Map.of("sms", 1L), Map.of("sms", Skips.NONE),
                Map.of("sms", 0L)));
    }

    @Test
    void distinctAddressesAreCountedAsASetCountsThem() {
        qt().withExamples(200).forAll(lists().of(integers().between(0, 3_000)).ofSizeBetween(0, 5_000)).checkAssert(numbers -> {
            DistinctAddresses addresses = new DistinctAddresses();
            numbers.forEach(number -> addresses.add("c" + number));
            assertThat(addresses.added()).isEqualTo(numbers.size());
            assertThat(addresses.distinct()).isEqualTo(Set.copyOf(numbers).size()).isEqualTo(addresses.distinct());
        });
    }

    private static Customer customer(String id, String email, String phone) {
        Map<String, String> fields = new HashMap<>();
        if (email != null) {
            fields.put("email", email);
        }
        if (phone != null) {
            fields.put("phone", phone);
        }
        return new Customer(new CustomerId(id), fields);
    }
}
