package org.campaignrecovery.model.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class CustomerFoldTest {
    private static final Instant DAY = Instant.parse("2026-11-23T08:00:00Z");

    @Test
    void cancelledOrdersAreNoOrdersAndCreditNotesLessenTheTotal() {
        OrderHistory history = history(
                List.of(order("1", DAY, "France", 100.10, false), order("2", DAY.plusSeconds(60), null, "20.05", null),
                        order("C1", DAY.plusSeconds(120), "Spain", -30.0, true), order("3", DAY.plusSeconds(180), null, 500, "true")));
        assertThat(history.orders()).isEqualTo(2);
        assertThat(history.lastOrder()).isEqualTo(DAY.plusSeconds(60));
        assertThat(history.totalSpent()).isEqualByComparingTo("90.15");
        assertThat(history.country()).as("the most recent one, as every contact field").isEqualTo("Spain");
    }

    @Test
    void whatCannotBeReadCountsAsNothing() {
        OrderHistory history = history(List.of(order("1", "yesterday", " ", "much", false), order("2", null, null, Double.NaN, "no")));
        assertThat(history).isEqualTo(new OrderHistory(null, null, 2, BigDecimal.ZERO));
    }

    @Test
    void bordersAreWhereTheySayTheyAre() {
        OrderHistory history = new OrderHistory("Germany", DAY, 3, new BigDecimal("0.30"));
        assertThat(filter(List.of("France", "germany"), DAY, DAY.plusMillis(1), 0.3, 0.3, 3, 3).accepts(history)).isTrue();
        assertThat(List.of(filter(List.of("France"), null, null, null, null, null, null),
                filter(null, DAY.plusMillis(1), null, null, null, null, null), filter(null, null, DAY, null, null, null, null),
                filter(null, null, null, 0.31, null, null, null), filter(null, null, null, null, 0.29, null, null),
                filter(null, null, null, null, null, 4, null), filter(null, null, null, null, null, null, 2)))
                .noneMatch(filter -> filter.accepts(history));
    }

    @Test
    void whoHasNoOrderMeetsNoConditionAboutTheLastOne() {
        OrderHistory nothing = new OrderHistory(null, null, 0, BigDecimal.ZERO);
        assertThat(filter(null, Instant.EPOCH, null, null, null, null, null).accepts(nothing)).isFalse();
        assertThat(filter(null, null, DAY, null, null, null, null).accepts(nothing)).isFalse();
        assertThat(filter(List.of("France"), null, null, null, null, null, null).accepts(nothing)).isFalse();
        assertThat(filter(null, null, null, null, null, null, 0).accepts(nothing)).isTrue();
    }

    @Test
    void theOrderOfReadingDoesNotMatter() {
        qt().forAll(longs().all(), integers().between(1, 12)).checkAssert((seed, number) -> {
            Random random = new Random(seed);
            List<Map<String, Object>> orders = new ArrayList<>();
            for (int i = 0; i < number; i++) {
                orders.add(order(String.valueOf(random.nextInt(4)), DAY.plusSeconds(random.nextInt(3)),
                        random.nextInt(3) == 0 ? null : "country " + random.nextInt(4), (random.nextInt(2_000) - 500) / 100.0,
                        random.nextInt(4) == 0));
            }
            OrderHistory before = history(orders);
            Collections.shuffle(orders, random);
            OrderHistory after = history(orders);
            assertThat(after.totalSpent()).isEqualByComparingTo(before.totalSpent());
            assertThat(List.of(after.orders(), String.valueOf(after.country()), String.valueOf(after.lastOrder())))
                    .isEqualTo(List.of(before.orders(), String.valueOf(before.country()), String.valueOf(before.lastOrder())));
        });
    }

    @Test
    void onlyWhoIsAcceptedIsACustomer() {
        CustomerFilter twice = filter(null, null, null, null, null, 2, null);
        CustomerFold fold = new CustomerFold(OrderFields.DEFAULT, HistoryFields.DEFAULT, Set.of(), twice);
        fold.add(order("1", DAY, "France", 1, false));
        assertThat(fold.customer()).isEmpty();
        fold.add(order("2", DAY, "France", 1, false));
        assertThat(fold.customer()).get().extracting(Customer::email).isEqualTo("c@customers.example");
    }

    @Test
    void fieldsMayHaveOtherNames() {
        HistoryFold fold = new HistoryFold(OrderFields.DEFAULT, new HistoryFields("Land", "Summe", "storniert"));
        fold.add(Map.of("order_date", Date.from(DAY), "Land", "Österreich", "Summe", 5, "storniert", false));
        assertThat(fold.history()).isEqualTo(new OrderHistory("Österreich", DAY, 1, new BigDecimal("5")));
    }

    private static CustomerFilter filter(List<String> countries, Instant after, Instant before, Double minTotal, Double maxTotal,
            Integer minOrders, Integer maxOrders) {
        return new CustomerFilter(countries, after, before, minTotal, maxTotal, minOrders, maxOrders);
    }

    private static OrderHistory history(List<Map<String, Object>> orders) {
        HistoryFold fold = new HistoryFold(OrderFields.DEFAULT, HistoryFields.DEFAULT);
        orders.forEach(fold::add);
        return fold.history();
    }

    private static Map<String, Object> order(String id, Object date, String country, Object total, Object cancelled) {
        Map<String, Object> order = new HashMap<>(Map.of("customer_id", 7, "email", "c@customers.example", "order_id", id, "total", total));
        order.put("order_date", date);
        order.put("country", country);
        order.put("cancelled", cancelled);
        return order;
    }
}
