package org.campaignrecovery.bench.planning.orders;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SplittableRandom;

import de.bwaldvogel.mongo.bson.Document;

/** One customer and their orders; everything follows from the seed and the number. What their e-mail address is like is as in the other sample orders. */
final class MadeUpCustomer {
    private static final int MOST_ORDERS = 4;
    private static final int FAMILY = 200;
    private static final long MIX = 0x9E3779B97F4A7C15L;
    private static final Instant FIRST_DAY = Instant.parse("2025-01-01T08:00:00Z");
    private static final Duration BETWEEN_ORDERS = Duration.ofDays(60);
    private static final List<String> NAMES = List.of("Ann Smith", "O'Neil", "Zoë Müller", "Łukasz Żak", "José Peña", "李小龙",
            "Siân d'Arcy-Jones", "Анна Иванова", "Ömer 😀");

    /** {@code STALE}: only the newest order names the address that counts. */
    enum Email {
        VALID,
        STALE,
        SHARED,
        MISSING,
        INVALID
    }

    private final long number;
    private final Object id;
    private final int orders;
    private final String name;
    private final Email email;

    /** @param id a number or a text */
    MadeUpCustomer(long seed, long number, Object id) {
        SplittableRandom random = new SplittableRandom(seed * MIX + number);
        this.number = number;
        this.id = id;
        this.orders = 1 + random.nextInt(MOST_ORDERS);
        this.name = NAMES.get(random.nextInt(NAMES.size()));
        this.email = email(random.nextInt(100));
    }

    private static Email email(int dice) {
        if (dice < 5) {
            return Email.SHARED;
        } else if (dice < 12) {
            return Email.MISSING;
        } else if (dice < 15) {
            return Email.INVALID;
        }
        return dice < 17 ? Email.STALE : Email.VALID;
    }

    Email email() {
        return email;
    }

    /** Those of one family who share their address share one address. */
    long family() {
        return family(number);
    }

    static long family(long number) {
        return number / FAMILY;
    }

    int orders() {
        return orders;
    }

    /** @param index from 0, the oldest, to {@link #orders} - 1 */
    Document order(int index) {
        Document order = new Document("_id", "S%d-%d".formatted(number, index)).append("order_id", "S%d-%d".formatted(number, index))
                .append("order_date", FIRST_DAY.plus(BETWEEN_ORDERS.multipliedBy(index)).plusSeconds(number)).append("customer_id", id)
                .append("name", name).append("phone", "+1201555%04d".formatted(number % 10_000));
        order.putIfNotNull("email", address(index == orders - 1));
        return order;
    }

    private String address(boolean newest) {
        return switch (email) {
            case VALID -> number % 3 == 0 ? " C" + number + "@Customers.example" : mailbox();
            case STALE -> newest ? mailbox() : "old-" + mailbox();
            case SHARED -> "family" + family() + "@customers.example";
            case MISSING -> null;
            case INVALID -> "c" + number + "@";
        };
    }

    private String mailbox() {
        return "c" + number + "@customers.example";
    }
}
