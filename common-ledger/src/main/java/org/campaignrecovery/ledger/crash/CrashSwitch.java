package org.campaignrecovery.ledger.crash;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Where this process shall die, from the environment: {@code CRASH_POINTS=after-claim:3,page-frozen:1} is the third time at one point or
 * the first at the other. {@code CRASH_RECORDS} names a directory: who dies leaves a file there that is called as the point and holds the
 * process id, written through to the disk before. Processes that share the directory die at each point once in all. Nothing of this works
 * unless {@code CRASH_TEST} is {@code yes}; Runtime.halt then ends the process without any hook, as SIGKILL would.
 */
final class CrashSwitch {
    private static final String POINTS = "CRASH_POINTS";
    private static final String RECORDS = "CRASH_RECORDS";
    private static final String TEST = "CRASH_TEST";
    private static final int AS_BY_SIGKILL = 137;

    private final Map<CrashPoint, AtomicInteger> left = new EnumMap<>(CrashPoint.class);
    private final Path records;
    private final Runnable end;

    private CrashSwitch(Map<CrashPoint, Integer> points, Path records, Runnable end) {
        points.forEach((point, nth) -> left.put(point, new AtomicInteger(nth)));
        this.records = records;
        this.end = end;
    }

    /** Empty when no point is named. @throws IllegalStateException with a sentence that says what to set */
    static Optional<CrashSwitch> of(Map<String, String> environment) {
        return of(environment, () -> Runtime.getRuntime().halt(AS_BY_SIGKILL));
    }

    static Optional<CrashSwitch> of(Map<String, String> environment, Runnable end) {
        String points = environment.getOrDefault(POINTS, "");
        if (points.isBlank()) {
            return Optional.empty();
        }
        if (!"yes".equals(environment.get(TEST))) {
            throw new IllegalStateException(POINTS + " lets this process kill itself: take it away, or set " + TEST
                    + "=yes if this is a test");
        }
        String records = environment.getOrDefault(RECORDS, "");
        if (records.isBlank()) {
            throw new IllegalStateException(POINTS + " needs " + RECORDS + ", the directory for the records of who died where");
        }
        return Optional.of(new CrashSwitch(parse(points), Path.of(records), end));
    }

    private static Map<CrashPoint, Integer> parse(String points) {
        Map<CrashPoint, Integer> parsed = new EnumMap<>(CrashPoint.class);
        for (String one : points.split(",")) {
            String[] parts = one.trim().split(":");
            CrashPoint point = CrashPoint.titled(parts[0]).orElseThrow(() -> new IllegalStateException(
                    "%s: there is no point \"%s\", only %s".formatted(POINTS, parts[0], CrashPoint.titles())));
            parsed.put(point, nth(one, parts));
        }
        return parsed;
    }

    private static int nth(String one, String[] parts) {
        if (parts.length == 2 && parts[1].matches("[1-9]\\d{0,5}")) {
            return Integer.parseInt(parts[1]);
        }
        throw new IllegalStateException("%s: \"%s\" must be <point>:<n>, n from 1".formatted(POINTS, one.trim()));
    }

    void reach(CrashPoint point) {
        AtomicInteger times = left.get(point);
        if (times != null && times.decrementAndGet() == 0 && record(point)) {
            end.run();
        }
    }

    /** False when somebody else has died there. */
    private boolean record(CrashPoint point) {
        try (FileChannel file = FileChannel.open(records.resolve(point.title()), StandardOpenOption.CREATE_NEW,
                StandardOpenOption.WRITE)) {
            file.write(StandardCharsets.UTF_8.encode(ProcessHandle.current().pid() + "\n"));
            file.force(true);
            return true;
        } catch (FileAlreadyExistsException e) {
            return false;
        } catch (IOException e) {
            throw new UncheckedIOException("the crash at " + point.title() + " cannot be recorded in " + records, e);
        }
    }

    @Override
    public String toString() {
        return left.toString();
    }
}
