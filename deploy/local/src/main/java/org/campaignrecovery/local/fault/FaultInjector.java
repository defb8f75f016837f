package org.campaignrecovery.local.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;

/**
 * The stand-ins' side of {@link FaultFile}: says which fault strikes, after writing it down. Of several faults the first that strikes
 * counts. Safe for any thread.
 */
public final class FaultInjector implements AutoCloseable {
    private final Path file;
    private final NdjsonLog record;
    private final Clock clock;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Map<String, Long> occasions = new HashMap<>();
    private final Map<String, Integer> strikes = new HashMap<>();
    private final Map<Struck, Integer> strikesPerAddress = new HashMap<>();
    private List<Fault> faults = List.of();
    private long seen;

    private record Struck(String fault, String to) {
    }

    private FaultInjector(Path file, NdjsonLog record, Clock clock) {
        this.file = file;
        this.record = record;
        this.clock = clock;
    }

    /** Shows no fault, ever. */
    public static FaultInjector none() {
        return new FaultInjector(null, null, null);
    }

    /** Goes on counting where the record ends. */
    public static FaultInjector open(FaultFile files, Clock clock) {
        try {
            List<InjectedFault> before = files.injected();
            FaultInjector injector = new FaultInjector(files.faults(), NdjsonLog.open(files.record()), clock);
            before.forEach(strike -> injector.count(strike.fault(), strike.to()));
            return injector;
        } catch (IOException e) {
            throw new UncheckedIOException("The record of faults cannot be written: " + files.record(), e);
        }
    }

    /**
     * The fault to show now, already on record.
     *
     * @param to the recipient, or null as long as it is not known
     */
    public synchronized Optional<Fault> strike(FaultStage stage, String to) {
        if (file == null) {
            return Optional.empty();
        }
        readAgain();
        Optional<Fault> striking = faults.stream().filter(fault -> fault.kind().strikesAt(stage) && strikes(fault, to)).findFirst();
        striking.ifPresent(fault -> note(fault, to));
        return striking;
    }

    /** Lets the time pass; ends early when the stack is closed. */
    public void pass(Duration time) {
        try {
            closed.await(time.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() {
        closed.countDown();
        if (record != null) {
            try {
                record.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private boolean strikes(Fault fault, String to) {
        if (fault.times() != null && strikes.getOrDefault(fault.id(), 0) >= fault.times()) {
            return false;
        }
        if (fault.perAddress() != null && strikesPerAddress.getOrDefault(new Struck(fault.id(), to), 0) >= fault.perAddress()) {
            return false;
        }
        return fault.draws(occasions.merge(fault.id(), 1L, Long::sum));
    }

    private void note(Fault fault, String to) {
        count(fault.id(), to);
        try {
            record.append(Json.line(InjectedFault.of(clock.instant(), fault, to).fields()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void count(String fault, String to) {
        strikes.merge(fault, 1, Integer::sum);
        strikesPerAddress.merge(new Struck(fault, to), 1, Integer::sum);
    }

    /** A file that cannot be read changes nothing, and says so once. */
    private void readAgain() {
        long modified = file.toFile().lastModified();
        if (modified == seen) {
            return;
        }
        seen = modified;
        try {
            faults = modified == 0 ? List.of() : FaultFile.parse(Files.readString(file));
        } catch (IOException | IllegalArgumentException e) {
            System.err.println("The faults stay what they were: " + file.getFileName() + " cannot be read: " + e.getMessage());
        }
    }
}
