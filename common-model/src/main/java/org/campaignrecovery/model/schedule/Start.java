package org.campaignrecovery.model.schedule;

import java.time.Duration;

/** How an occurrence that is due begins. {@code by} is the time since the instant for which it was scheduled. */
public sealed interface Start {

    record OnTime() implements Start {
    }

    /** Late, because everything was down or it was approved after its start: begins at once, and its run says so. */
    record Overdue(Duration by) implements Start {
    }

    /** Too late to begin by itself; an operator may start it. */
    record Missed(Duration by) implements Start {
    }
}
