package org.campaignrecovery.bench.micro;

import java.util.Locale;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.channel.Channel;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** An e-mail address and a phone number in their normal form. The yardstick strips and lowers the address and keeps the number's digits. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class AddressBenchmark {
    private final AddressNormaliser normaliser = new AddressNormaliser("US");
    private final String email = "  Ada.Lovelace@Shop.Example ";
    private final String phone = "(202) 555-0101";

    @Benchmark
    public Object ours() {
        return new Object[]{normaliser.normalise(Channel.EMAIL, email), normaliser.normalise(Channel.SMS, phone)};
    }

    @Benchmark
    public Object yardstick() {
        return new Object[]{email.strip().toLowerCase(Locale.ROOT), phone.chars().filter(Character::isDigit)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append).toString()};
    }
}
