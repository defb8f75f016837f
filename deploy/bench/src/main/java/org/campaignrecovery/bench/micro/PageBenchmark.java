package org.campaignrecovery.bench.micro;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import org.bson.BsonInt64;
import org.campaignrecovery.ledger.audience.AudienceCursor.Entry;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.planning.PageRows;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** What a page of 500 customers freezes, by e-mail. The yardstick puts the raw addresses into a map, the last customer of each. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PageBenchmark {
    private static final int CUSTOMERS = 500;

    private final List<Entry> entries = customers();
    private final AddressNormaliser normaliser = new AddressNormaliser("US");
    private final List<Channel> channels = List.of(Channel.EMAIL);
    private final Set<String> wanted = Set.of("name");

    private static List<Entry> customers() {
        List<Entry> entries = new ArrayList<>();
        for (int n = 0; n < CUSTOMERS; n++) {
            BsonInt64 id = new BsonInt64(n);
            entries.add(new Entry(new Customer(new CustomerId(String.valueOf(n)),
                    Map.of("name", "Customer " + n, "email", "Customer" + n + "@Shop.Example", "country", "United Kingdom")), id));
        }
        return entries;
    }

    @Benchmark
    public Object ours() {
        return PageRows.of(entries, channels, wanted, normaliser);
    }

    @Benchmark
    public Object yardstick() {
        Map<String, Customer> reached = new LinkedHashMap<>();
        entries.forEach(entry -> reached.put(entry.customer().email(), entry.customer()));
        return reached;
    }
}
