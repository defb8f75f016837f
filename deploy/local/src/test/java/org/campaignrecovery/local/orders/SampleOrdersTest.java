package org.campaignrecovery.local.orders;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Date;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

import org.bson.Document;
import org.campaignrecovery.local.orders.SampleOrders.Reach;
import org.junit.jupiter.api.Test;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;

class SampleOrdersTest {
    private static final int CUSTOMERS = 2_000;

    @Test
    void theSameSeedGivesTheSameOrders() {
        assertThat(new SampleOrders(7, 50)).containsExactlyElementsOf(new SampleOrders(7, 50));
        assertThat(new SampleOrders(7, 50)).doesNotContainSequence(new SampleOrders(8, 50));
    }

    @Test
    void orderIdsAreUniqueAndEverySortOfMessIsThere() {
        Set<Object> ids = new HashSet<>();
        Set<String> idTypes = new HashSet<>();
        boolean cancelled = false;
        for (Document order : new SampleOrders(1, CUSTOMERS)) {
            assertThat(ids.add(order.get("order_id"))).isTrue();
            Object id = order.get("customer_id");
            idTypes.add(id == null ? "none" : id.getClass().getSimpleName());
            cancelled |= order.getBoolean("cancelled");
        }
        assertThat(idTypes).containsExactlyInAnyOrder("none", "String", "Integer");
        assertThat(cancelled).isTrue();
    }

    /** Counted the long way round: folded per customer, normalised by libphonenumber. */
    @Test
    void whatItPromisesIsWhatTheOrdersSay() {
        SampleOrders orders = new SampleOrders(42, CUSTOMERS);
        assertThat(orders.email()).isEqualTo(reach(orders, "email", SampleOrdersTest::email));
        assertThat(orders.sms()).isEqualTo(reach(orders, "phone", SampleOrdersTest::phone));
        SampleOrders many = new SampleOrders(42, 10_000);
        assertThat(many.sms()).isEqualTo(reach(many, "phone", SampleOrdersTest::phone));
    }

    private static Reach reach(SampleOrders orders, String field, Function<String, String> normal) {
        Map<Object, Date> dates = new HashMap<>();
        Map<Object, String> values = new HashMap<>();
        for (Document order : orders) {
            Object customer = order.get("customer_id");
            if (customer != null) {
                String value = order.getString(field);
                Date date = order.getDate("order_date");
                values.putIfAbsent(customer, "");
                if (value != null && !value.isBlank() && (!dates.containsKey(customer) || dates.get(customer).before(date))) {
                    dates.put(customer, date);
                    values.put(customer, value);
                }
            }
        }
        int missing = 0;
        int invalid = 0;
        int duplicate = 0;
        Set<String> addresses = new HashSet<>();
        for (String value : values.values()) {
            String address = normal.apply(value);
            if (value.isEmpty()) {
                missing++;
            } else if (address == null) {
                invalid++;
            } else if (!addresses.add(address)) {
                duplicate++;
            }
        }
        return new Reach(addresses.size(), missing, invalid, duplicate);
    }

    private static String email(String value) {
        String address = value.trim().toLowerCase(Locale.ROOT);
        return address.matches("[a-z0-9-]+@([a-z0-9]+\\.)+[a-z]+") ? address : null;
    }

    private static String phone(String value) {
        PhoneNumberUtil phones = PhoneNumberUtil.getInstance();
        try {
            var number = phones.parse(value, "US");
            return phones.isValidNumber(number) ? phones.format(number, PhoneNumberUtil.PhoneNumberFormat.E164) : null;
        } catch (NumberParseException e) {
            return null;
        }
    }
}
