package org.campaignrecovery.api.run.timeline;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.run.RunDocument;

import io.smallrye.mutiny.Uni;

/** Beginning and end, as the run itself has them. */
@ApplicationScoped
class Milestones implements TimelineSource {

    @Override
    public Uni<List<TimelineEntry>> of(RunDocument run) {
        return Uni.createFrom().item(entries(run));
    }

    static List<TimelineEntry> entries(RunDocument run) {
        List<TimelineEntry> entries = new ArrayList<>();
        entries.add(TimelineEntry.of(run.scheduledFor, TimelineEvent.SCHEDULED, null));
        entries.add(TimelineEntry.of(run.startedAt, TimelineEvent.STARTED, start(run)));
        switch (run.state) {
            case PLANNING, SENDING -> {
                // it has no end yet
            }
            case COMPLETED -> entries.add(TimelineEntry.of(run.finishedAt, TimelineEvent.COMPLETED, run.reason));
            case CANCELLED -> entries.add(TimelineEntry.of(run.finishedAt, TimelineEvent.CANCELLED, run.reason));
            case FAILED -> entries.add(TimelineEntry.of(run.finishedAt, TimelineEvent.FAILED, run.reason));
            case MISSED -> entries.add(missed(run));
        }
        return entries;
    }

    private static TimelineEntry missed(RunDocument run) {
        Duration late = Duration.ofSeconds(run.overdueBySeconds == null ? 0 : run.overdueBySeconds);
        return TimelineEntry.of(run.scheduledFor.plus(late), TimelineEvent.MISSED,
                "found %s after its time, later than the catch-up window %s allows".formatted(late, run.frozen.delivery().catchUpWindow()));
    }

    private static String start(RunDocument run) {
        List<String> notes = new ArrayList<>();
        if (run.overdueBySeconds != null) {
            notes.add("overdue by " + Duration.ofSeconds(run.overdueBySeconds));
        }
        if (run.coalesced != null) {
            notes.add("also stands for %d earlier occurrence%s that nobody was up for".formatted(run.coalesced,
                    run.coalesced == 1 ? "" : "s"));
        }
        return notes.isEmpty() ? null : String.join("; ", notes);
    }
}
