package org.campaignrecovery.api.run.timeline;

import java.util.List;

import org.campaignrecovery.ledger.run.RunDocument;

import io.smallrye.mutiny.Uni;

/** Something that knows a part of a run's history. Entries come in any order; those without a time are left out. */
interface TimelineSource {

    Uni<List<TimelineEntry>> of(RunDocument run);
}
