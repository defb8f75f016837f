package org.campaignrecovery.model.audience;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.zip.GZIPInputStream;

import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * Holds the rules against real orders whose result is known. The environment's {@code ORDERS} names the file of orders, gzipped JSON
 * lines; what is expected lies beside it.
 */
class OnlineRetailTest {
    private static final String ORDERS = System.getenv("ORDERS");
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Map<CustomerId, ContactFold> FOLDS = new HashMap<>();
    private static JsonNode expected;
    private static long orders;
    private static long withoutCustomer;

    @BeforeAll
    static void foldTheOrders() throws IOException {
        if (ORDERS == null) {
            return;
        }
        Path path = Path.of(ORDERS);
        expected = JSON.readTree(path.resolveSibling(path.getFileName().toString().replace(".ndjson.gz", ".expected.json")).toFile());
        try (var lines = new BufferedReader(
                new InputStreamReader(new GZIPInputStream(Files.newInputStream(path)), StandardCharsets.UTF_8))) {
            lines.lines().forEach(OnlineRetailTest::fold);
        }
    }

    @BeforeEach
    void skipWithoutOrders() {
        assumeTrue(ORDERS != null, "ORDERS is not set: it names the file online-retail-orders.ndjson.gz");
    }

    private static void fold(String line) {
        Map<String, Object> order = parse(line);
        orders++;
        CustomerId.of(order.get("customer_id")).ifPresentOrElse(
                id -> FOLDS.computeIfAbsent(id, any -> new ContactFold(OrderFields.DEFAULT)).add(order), () -> withoutCustomer++);
    }

    private static Map<String, Object> parse(String line) {
        try {
            Map<String, Object> order = new HashMap<>();
            JSON.readTree(line).properties().forEach(field -> order.put(field.getKey(), value(field.getValue())));
            return order;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Object value(JsonNode node) {
        if (node.isObject()) {
            return Instant.parse(node.get("$date").asText());
        }
        return node.isNumber() ? node.numberValue() : node.asText();
    }

    @Test
    void everyOrderIsAccountedFor() {
        assertThat(orders).isEqualTo(expected.get("orders").asLong());
        assertThat(withoutCustomer).isEqualTo(expected.get("orders_without_customer").asLong());
        assertThat(FOLDS).hasSize(expected.get("customers").asInt());
    }

    @Test
    void emailAddressesAreThoseExpected() {
        Reach reach = reach(Channel.EMAIL);
        assertThat(reach.valid()).isEqualTo(expected.get("customers_with_valid_email").asLong());
        assertThat(reach.distinct()).isEqualTo(expected.get("distinct_valid_emails").asLong());
        assertThat(reach.skips()).isEqualTo(expectedSkips("email"));
    }

    @Test
    void phoneNumbersAreThoseExpected() {
        Reach reach = reach(Channel.SMS);
        assertThat(reach.valid()).isEqualTo(expected.get("customers_with_valid_phone").asLong());
        assertThat(reach.distinct()).isEqualTo(expected.get("distinct_valid_phones").asLong());
        assertThat(reach.skips()).isEqualTo(expectedSkips("sms"));
    }

    private record Reach(long valid, long distinct, Skips skips) {
    }

    private static Reach reach(Channel channel) {
        AddressNormaliser normaliser = new AddressNormaliser("US");
        Collection<Customer> customers = FOLDS.values().stream().map(fold -> fold.customer().orElseThrow()).toList();
        List<Normalised> all = customers.stream()
                .map(customer -> normaliser.normalise(channel, channel == Channel.EMAIL ? customer.email() : customer.phone())).toList();
        Set<String> addresses = new HashSet<>();
        all.stream().filter(Normalised::isValid).forEach(valid -> addresses.add(valid.address()));
        long valid = all.stream().filter(Normalised::isValid).count();
        return new Reach(valid, addresses.size(),
                new Skips(count(all, Normalised.NONE), count(all, Normalised.INVALID), valid - addresses.size()));
    }

    private static long count(List<Normalised> all, Normalised kind) {
        return all.stream().filter(kind::equals).count();
    }

    private static Skips expectedSkips(String channel) {
        JsonNode skips = expected.get("skipped").get(channel);
        return new Skips(skips.get("noAddress").asLong(), skips.get("invalidAddress").asLong(), skips.get("duplicateAddress").asLong());
    }
}
