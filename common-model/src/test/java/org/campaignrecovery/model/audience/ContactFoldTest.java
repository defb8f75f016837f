package org.campaignrecovery.model.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;
import static org.quicktheories.generators.SourceDSL.longs;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Date;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;

import org.junit.jupiter.api.Test;

class ContactFoldTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T08:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T08:00:00Z");

    @Test
    void theMostRecentValueOfEachFieldWinsByItself() {
        var customer = fold(order(TUESDAY, "2", "email", "new@c.example"), order(MONDAY, "1", "email", "old@c.example", "phone", "207"));
        assertThat(customer.email()).isEqualTo("new@c.example");
        assertThat(customer.phone()).isEqualTo("207");
    }

    @Test
    void aBlankValueDoesNotHideAnOlderOne() {
        var customer = fold(order(MONDAY, "1", "email", "old@c.example"), order(TUESDAY, "2", "email", " \u00a0"));
        assertThat(customer.email()).isEqualTo("old@c.example");
    }

    @Test
    void aCancelledOrderCounts() {
        var customer = fold(order(MONDAY, "1", "email", "old@c.example", "cancelled", false),
                order(TUESDAY, "C2", "email", "new@c.example", "cancelled", true));
        assertThat(customer.fields()).containsEntry("email", "new@c.example").containsEntry("cancelled", "true");
    }

    @Test
    void ordersOfOneInstantGoByTheirIdsAsNumbers() {
        var customer = fold(order(MONDAY, "10", "email", "ten@c.example"), order(MONDAY, 9, "email", "nine@c.example"));
        assertThat(customer.email()).isEqualTo("ten@c.example");
    }

    @Test
    void anIdThatIsTextComesAfterEveryNumber() {
        List<OrderPosition> sorted = new ArrayList<>(List.of(position("9"), position("C2"), position("10"), position("1a"), position("")));
        Collections.sort(sorted);
        assertThat(sorted).extracting(OrderPosition::id).containsExactly("9", "10", "", "1a", "C2");
    }

    @Test
    void anOrderWithoutAReadableDateIsTheOldest() {
        var customer = fold(order("yesterday", "9", "email", "undated@c.example"), order(MONDAY, "1", "email", "dated@c.example"));
        assertThat(customer.email()).isEqualTo("dated@c.example");
    }

    @Test
    void everyNotationOfADateIsUnderstood() {
        assertThat(List.of(OrderPosition.of(MONDAY, 1), OrderPosition.of(Date.from(MONDAY), 1), OrderPosition.of(MONDAY.toEpochMilli(), 1),
                OrderPosition.of("2026-11-23T08:00:00Z", 1), OrderPosition.of("2026-11-23T10:00:00+02:00", 1),
                OrderPosition.of("2026-11-23T03:00-05:00", 1), OrderPosition.of("2026-11-23T08:00", 1)))
                .allMatch(OrderPosition.of(MONDAY, 1)::equals);
        assertThat(OrderPosition.of("2026-11-23", 1).date()).isEqualTo("2026-11-23T00:00:00Z");
    }

    @Test
    void valuesAreRenderedAsPeopleWriteThem() {
        Map<String, Object> order = order(MONDAY, 536365, "total", 139.0, "big", 1e15, "price", new BigDecimal("20.50"), "small", 1e-7,
                "nan", Double.NaN, "vip", true, "since", new Date(0), "nested", Map.of("a", 1), "list", List.of(1), "monster",
                new BigDecimal("1E1000000000"), "dust", new BigDecimal("1E-1000000000"));
        assertThat(fold(order).fields()).containsExactlyInAnyOrderEntriesOf(Map.of("customer_id", "17850", "order_date",
                "2026-11-23T08:00:00Z", "order_id", "536365", "total", "139", "big", "1000000000000000", "price", "20.50", "small",
                "0.00000010", "vip", "true", "since", "1970-01-01T00:00:00Z"));
    }

    @Test
    void configuredFieldsGoByTheirTemplateNames() {
        var fields = new OrderFields("Kunde", "Name", "Mail", "Tel", "Datum", "Nr");
        var customer = new ContactFold(fields).add(Map.of("Kunde", 17850, "Name", "Dana", "Mail", "dana@c.example", "Tel", "207", "Datum",
                MONDAY, "Nr", 1, "email", "somebody-else@c.example")).customer().orElseThrow();
        assertThat(customer.id()).isEqualTo(new CustomerId("17850"));
        assertThat(customer.fields()).isEqualTo(Map.of("customer_id", "17850", "name", "Dana", "email", "dana@c.example", "phone", "207",
                "Datum", "2026-11-23T08:00:00Z", "Nr", "1"));
    }

    @Test
    void onlyWantedFieldsAreKeptBesideTheContactFields() {
        var customer = new ContactFold(OrderFields.DEFAULT, Set.of("city"))
                .add(order(MONDAY, 1, "city", "Bangor", "total", 5, "email", "a@c.example")).customer().orElseThrow();
        assertThat(customer.fields()).isEqualTo(Map.of("customer_id", "17850", "city", "Bangor", "email", "a@c.example"));
    }

    @Test
    void ordersThatNameNobodyAreNobodys() {
        assertThat(new ContactFold(OrderFields.DEFAULT).add(Map.of("email", "a@c.example")).customer()).isEmpty();
    }

    @Test
    void oneNameForTwoFieldsIsRefused() {
        assertThatThrownBy(() -> new OrderFields("id", "name", "email", "phone", "date", "id"))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void theReadingOrderDoesNotMatter() {
        List<Object> ids = List.of("9", 10, "1a", "C9", "", "010", 10.0);
        qt().forAll(lists().of(integers().between(0, 10_000)).ofSizeBetween(0, 12), longs().all()).check((codes, seed) -> {
            List<Map<String, Object>> orders = new ArrayList<>();
            for (int code : codes) {
                orders.add(order(code % 3 == 0 ? MONDAY : TUESDAY, ids.get(code / 3 % ids.size()), "email",
                        code / 21 % 4 == 0 ? " " : "" + code));
            }
            List<Map<String, Object>> shuffled = new ArrayList<>(orders);
            Collections.shuffle(shuffled, new Random(seed));
            return foldAll(orders).equals(foldAll(shuffled));
        });
    }

    private static Optional<Customer> foldAll(List<Map<String, Object>> orders) {
        var fold = new ContactFold(OrderFields.DEFAULT);
        orders.forEach(fold::add);
        return fold.customer();
    }

    @SafeVarargs
    private static Customer fold(Map<String, Object>... orders) {
        var fold = new ContactFold(OrderFields.DEFAULT);
        for (Map<String, Object> order : orders) {
            fold.add(order);
        }
        return fold.customer().orElseThrow();
    }

    private static OrderPosition position(String id) {
        return OrderPosition.of(MONDAY, id);
    }

    private static Map<String, Object> order(Object date, Object id, Object... fields) {
        Map<String, Object> order = new HashMap<>(Map.of("customer_id", "17850", "order_date", date, "order_id", id));
        for (int i = 0; i < fields.length; i += 2) {
            order.put((String) fields[i], fields[i + 1]);
        }
        return order;
    }
}
