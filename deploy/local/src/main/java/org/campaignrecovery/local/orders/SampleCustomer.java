package org.campaignrecovery.local.orders;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Date;
import java.util.List;
import java.util.SplittableRandom;

import org.bson.Document;
import org.campaignrecovery.local.orders.SampleContact.Kind;

/** One customer of {@link SampleOrders}: everything follows from the seed and the number. */
final class SampleCustomer {
    static final int MOST_ORDERS = 5;

    private static final Instant FIRST_DAY = Instant.parse("2025-01-01T08:00:00Z");
    private static final int DAYS_BETWEEN_ORDERS = 60;
    private static final int CUSTOMERS_PER_FAMILY = 200;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final List<String> NAMES = List.of("Ann Smith", "O'Neil", "Zoë Müller", "Łukasz Żak", "José Peña", "李小龙",
            "Søren Ødegård",
            "Dana & Lee", "Siân d'Arcy-Jones", "<b>Bobby</b> Tables", "Анна Иванова", "Jürgen \"JJ\" Groß", "  ", "Ömer 😀");
    private static final List<String> COUNTRIES = List.of("United Kingdom", "Germany", "France", "United States");
    private static final List<String> INVALID_PHONES = List.of("n/a", "12345", "+1 555", "0000000000");

    private final long seed;
    private final int number;
    private final int orders;
    private final String name;
    private final SampleContact email;
    private final SampleContact phone;

    SampleCustomer(long seed, int number, SamplePhones phones) {
        this.seed = seed * MIX + number;
        this.number = number;
        SplittableRandom random = new SplittableRandom(this.seed);
        this.orders = 1 + random.nextInt(MOST_ORDERS);
        this.name = SampleContact.pick(NAMES, random);
        this.email = email(kind(random, 5, 7, 3));
        Kind phoneKind = kind(random, 1, 15, 3);
        this.phone = new SampleContact(phoneKind, switch (phoneKind) {
            case INVALID -> SampleContact.pick(INVALID_PHONES, random);
            case SHARED -> phones.family(number / CUSTOMERS_PER_FAMILY);
            default -> phones.own(number);
        });
    }

    SampleContact email() {
        return email;
    }

    SampleContact phone() {
        return phone;
    }

    int orders() {
        return orders;
    }

    /** @param index from 0, the oldest, to {@link #orders} - 1 */
    Document order(int index) {
        SplittableRandom random = new SplittableRandom(seed + (index + 1) * MIX);
        boolean newest = index == orders - 1;
        Document order = new Document("order_id", String.format("S%08d", number * 10L + index))
                .append("order_date", Date.from(FIRST_DAY.plus((long) index * DAYS_BETWEEN_ORDERS, ChronoUnit.DAYS)
                        .plus(random.nextInt(DAYS_BETWEEN_ORDERS * 24 * 60), ChronoUnit.MINUTES)))
                .append("country", SampleContact.pick(COUNTRIES, random)).append("total", random.nextInt(100, 50_000) / 100.0)
                .append("items", 1 + random.nextInt(40)).append("cancelled", random.nextInt(12) == 0).append("customer_id", id())
                .append("name", name);
        put(order, "email", email.value(newest, "old-" + mailbox(), SampleSpelling.ofEmail(email.address()), random));
        put(order, "phone", phone.value(newest, "n/a", SampleSpelling.ofPhone(phone.address()), random));
        return order;
    }

    /** Every fifth id is a number. */
    private Object id() {
        return number % 5 == 0 ? (Object) (100_000 + number) : String.valueOf(100_000 + number);
    }

    private SampleContact email(Kind kind) {
        return new SampleContact(kind, switch (kind) {
            case INVALID ->
                List.of("no-at-sign", "c" + number + "@", "@customers.example", "c" + number + "@customers..example").get(number % 4);
            case SHARED -> "family" + number / CUSTOMERS_PER_FAMILY + "@customers.example";
            default -> mailbox();
        });
    }

    private String mailbox() {
        return "c" + number + "@customers.example";
    }

    /** The rest after the given percentages, and 2 % each of stale and faded, is valid. A single order is neither stale nor faded. */
    private Kind kind(SplittableRandom random, int shared, int missing, int invalid) {
        int dice = random.nextInt(100);
        if (dice < shared) {
            return Kind.SHARED;
        } else if (dice < shared + missing) {
            return Kind.MISSING;
        } else if (dice < shared + missing + invalid) {
            return Kind.INVALID;
        } else if (dice < shared + missing + invalid + 4 && orders > 1) {
            return dice % 2 == 0 ? Kind.STALE : Kind.FADED;
        }
        return Kind.VALID;
    }

    private static void put(Document order, String field, String value) {
        if (value != null) {
            order.append(field, value);
        }
    }
}
