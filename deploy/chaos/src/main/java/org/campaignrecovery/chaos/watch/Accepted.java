package org.campaignrecovery.chaos.watch;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** What the stand-ins have accepted, as one after the other of it is noticed. Safe for any thread. */
public final class Accepted {
    private final List<Instant> times = new ArrayList<>();
    private volatile int count;

    synchronized void add(Instant at) {
        times.add(at);
        count = times.size();
    }

    /** Messages so far. */
    public int count() {
        return count;
    }

    /** How many were accepted after one instant and before another. */
    public synchronized long between(Instant after, Instant before) {
        return times.stream().filter(at -> at.isAfter(after) && at.isBefore(before)).count();
    }

    public synchronized long before(Instant instant) {
        return times.stream().filter(at -> at.isBefore(instant)).count();
    }
}
