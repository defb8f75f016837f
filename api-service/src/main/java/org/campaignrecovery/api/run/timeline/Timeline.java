package org.campaignrecovery.api.run.timeline;

import java.util.Comparator;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.run.RunDocument;

import io.quarkus.arc.All;
import io.smallrye.mutiny.Uni;

/** A run's history, put together from all that know a part of it. */
@ApplicationScoped
class Timeline {
    private static final Comparator<TimelineEntry> BY_TIME = Comparator.comparing(TimelineEntry::at)
            .thenComparing(TimelineEntry::event);

    private final List<TimelineSource> sources;

    Timeline(@All List<TimelineSource> sources) {
        this.sources = sources;
    }

    /** In time order. */
    Uni<List<TimelineEntry>> of(RunDocument run) {
        return Uni.join().all(sources.stream().map(source -> source.of(run)).toList()).andFailFast()
                .map(parts -> parts.stream().flatMap(List::stream).filter(entry -> entry.at() != null).sorted(BY_TIME).toList());
    }
}
