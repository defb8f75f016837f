package org.campaignrecovery.local.stack;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultFile;

/**
 * What the environment says about the stack.
 *
 * <p>Ports: {@code STACK_MONGO_PORT} (27017), {@code STACK_KAFKA_PORT} (9092), {@code STACK_SMTP_PORT} (1025), {@code STACK_TWILIO_PORT}
 * (8025); 0 takes a free one. Parts that are given from outside ({@code MONGO_URI} and so on) are not started.
 * {@code STACK_KEEP_RAW} (true): keep the source of every mail. {@code SMTP_DELAY_MS}, {@code SMS_DELAY_MS} (0): answer that much later.
 * {@code STACK_FAULTS}: what the stand-ins do wrong from the start, as the content of {@link org.campaignrecovery.local.fault.FaultFile}; a
 * file that is there already counts more.
 */
public record StackSettings(LocalDirectory directory, Map<String, String> environment) {
    static final String SENDER = "campaigns@shop.example";
    /** Twilio's own test number. */
    static final String SMS_SENDER = "+15005550006";

    public static StackSettings of(Map<String, String> environment) {
        return new StackSettings(LocalDirectory.of(environment), environment);
    }

    Optional<String> given(String variable) {
        return Optional.ofNullable(environment.get(variable)).filter(value -> !value.isBlank());
    }

    int port(Part part) {
        return (int) number(part.portVariable(), part.defaultPort());
    }

    Duration delay(String variable) {
        return Duration.ofMillis(number(variable, 0));
    }

    List<Fault> faults() {
        try {
            return given("STACK_FAULTS").map(FaultFile::parse).orElse(List.of());
        } catch (IllegalArgumentException e) {
            throw new StackException("STACK_FAULTS cannot be read: " + e.getMessage());
        }
    }

    boolean keepRaw() {
        return !given("STACK_KEEP_RAW").orElse("true").equals("false");
    }

    private long number(String variable, long otherwise) {
        try {
            return given(variable).map(Long::parseLong).orElse(otherwise);
        } catch (NumberFormatException e) {
            throw new StackException(variable + " must be a number, not \"" + environment.get(variable) + "\".");
        }
    }
}
