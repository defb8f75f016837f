package org.campaignrecovery.ledger.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.bson.BsonValue;
import org.bson.Document;
import org.campaignrecovery.ledger.audience.AudienceCursor.Entry;
import org.campaignrecovery.model.audience.CustomerFilter;
import org.campaignrecovery.model.audience.CustomerFold;
import org.campaignrecovery.model.audience.HistoryFields;
import org.campaignrecovery.model.audience.OrderFields;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Multi;

class AllCustomersCursorTest {
    private static final int ONE_READ = 500;

    @Test
    void foldsAllOrdersOfACustomerToOne() {
        List<Entry> all = readAll(List.of(order(1, "old@x.org", 1), order(1, "new@x.org", 2), order(2, "b@x.org", 1)), 10);
        assertThat(all).extracting(entry -> entry.customer().email()).containsExactly("new@x.org", "b@x.org");
    }

    @Test
    void anAudienceWithoutOrdersIsEmpty() {
        assertThat(readAll(List.of(), 10)).isEmpty();
    }

    @Test
    void takesNumbersOfEveryTypeForOneCustomer() {
        List<Entry> all = readAll(List.of(order(17850, "a@x.org", 1), order(17850L, "b@x.org", 2), order(17850.0, "c@x.org", 3)), 10);
        assertThat(all).singleElement().extracting(entry -> entry.customer().email()).isEqualTo("c@x.org");
    }

    @Test
    void tellsLongIdsApartThatAreOneAsFloatingPointNumbers() {
        long id = (1L << 53) + 1;
        List<Entry> all = readAll(List.of(order(id - 1, "a@x.org", 1), order(id, "b@x.org", 1)), 10);
        assertThat(all).extracting(entry -> entry.customer().id().text()).containsExactly(String.valueOf(id - 1), String.valueOf(id));
    }

    @Test
    void keepsNumberAndTextOfOneSpellingApartAsTheDatabaseDoes() {
        assertThat(readAll(List.of(order(1, "a@x.org", 1), order("1", "b@x.org", 1)), 10)).hasSize(2);
    }

    @Test
    void passesOverOrdersThatNameNoCustomer() {
        List<Document> orders = new ArrayList<>(List.of(order(1, "a@x.org", 1)));
        IntStream.range(0, 3 * ONE_READ).forEach(i -> orders.add(order("", "nobody@x.org", i)));
        orders.add(order("z", "z@x.org", 1));
        assertThat(readAll(orders, 2)).extracting(entry -> entry.customer().id().text()).containsExactly("1", "z");
    }

    @Test
    void readsACustomerWithVeryManyOrdersWithoutAStackForEach() {
        Multi<Document> orders = Multi.createFrom().range(0, 500_000).map(i -> order(i < 499_999 ? 1 : 2, "a@x.org", i));
        AllCustomersCursor cursor = cursor(orders, null);
        assertThat(cursor.next(5).await().indefinitely()).hasSize(2);
    }

    /** Customers with 1 to 1,200 orders each, so that they begin and end anywhere in a read; ids are numbers, then texts. */
    @Test
    void yieldsEachCustomerOnceWhereverAReaderStopsAndAnotherGoesOn() {
        qt().withExamples(30).forAll(lists().of(integers().between(1, 1_200)).ofSizeBetween(1, 8), integers().between(0, 8),
                integers().between(1, 5)).checkAssert((sizes, numbers, pageSize) -> {
                    List<Document> orders = orders(sizes, Math.min(numbers, sizes.size()));
                    List<String> expected = orders.stream().map(order -> String.valueOf(order.get("customer_id"))).distinct().toList();
                    assertThat(ids(readAll(orders, pageSize))).isEqualTo(expected);
                    for (Entry stop : readAll(orders, pageSize)) {
                        List<String> rest = ids(readAll(behind(orders, stop.position()), pageSize));
                        int read = expected.indexOf(stop.customer().id().text()) + 1;
                        assertThat(rest).isEqualTo(expected.subList(read, expected.size()));
                    }
                });
    }

    /** Nobody is meant for long: whoever waits must hear that the reading gets on. */
    @Test
    void passesOverThoseWhoAreNotMeantAndTellsThatItGetsOn() {
        List<Document> orders = orders(IntStream.range(0, 5_000).mapToObj(i -> i % 2_500 == 2_499 ? 2 : 1).toList(), 5_000);
        AtomicInteger told = new AtomicInteger();
        AllCustomersCursor cursor = new AllCustomersCursor(Multi.createFrom().iterable(orders), OrderFields.DEFAULT.customerId(),
                () -> fold(new CustomerFilter(null, null, null, null, null, 2, null)), told::incrementAndGet);
        assertThat(ids(next(cursor, 1))).containsExactly("2499");
        assertThat(told.get()).isGreaterThanOrEqualTo(2_500 / ONE_READ);
        assertThat(ids(next(cursor, 10))).containsExactly("4999");
        assertThat(next(cursor, 10)).isEmpty();
    }

    private static AllCustomersCursor cursor(Multi<Document> orders, CustomerFilter filter) {
        return new AllCustomersCursor(orders, OrderFields.DEFAULT.customerId(), () -> fold(filter), () -> {
        });
    }

    private static CustomerFold fold(CustomerFilter filter) {
        return new CustomerFold(OrderFields.DEFAULT, HistoryFields.DEFAULT, Set.of(), filter);
    }

    private static List<Document> orders(List<Integer> sizes, int numbers) {
        List<Document> orders = new ArrayList<>();
        for (int customer = 0; customer < sizes.size(); customer++) {
            Object id = customer < numbers ? (Object) (long) customer : "c" + customer;
            for (int i = 0; i < sizes.get(customer); i++) {
                orders.add(order(id, "c" + customer + "@x.org", i));
            }
        }
        return orders;
    }

    /** What the database would find behind a position; that it does is shown with a server. */
    private static List<Document> behind(List<Document> orders, BsonValue position) {
        int last = -1;
        for (int i = 0; i < orders.size(); i++) {
            if (orders.get(i).toBsonDocument().get("customer_id").equals(position)) {
                last = i;
            }
        }
        return orders.subList(last + 1, orders.size());
    }

    private static List<String> ids(List<Entry> entries) {
        return entries.stream().map(entry -> entry.customer().id().text()).toList();
    }

    private static List<Entry> readAll(List<Document> orders, int pageSize) {
        AllCustomersCursor cursor = cursor(Multi.createFrom().iterable(orders), null);
        List<Entry> all = new ArrayList<>();
        for (List<Entry> page = next(cursor, pageSize); !page.isEmpty(); page = next(cursor, pageSize)) {
            assertThat(page).hasSizeLessThanOrEqualTo(pageSize);
            all.addAll(page);
        }
        assertThat(next(cursor, pageSize)).as("the end stays the end").isEmpty();
        return all;
    }

    private static List<Entry> next(AllCustomersCursor cursor, int n) {
        return cursor.next(n).await().indefinitely();
    }

    private static Document order(Object customer, String email, int day) {
        return new Document("customer_id", customer).append("email", email).append("order_date", (long) day).append("order_id", day);
    }
}
