package org.campaignrecovery.api.run.timeline;

import java.util.List;

import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.run.RunRepository;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.quarkus.security.Authenticated;
import io.smallrye.mutiny.Uni;

/** What happened in a run, for everybody who is logged in. */
@Path("/api/runs/{runId}/timeline")
@Authenticated
@Tag(name = "runs")
public class TimelineResource {
    private final RunRepository runs;
    private final Timeline timeline;

    TimelineResource(RunRepository runs, Timeline timeline) {
        this.runs = runs;
        this.timeline = timeline;
    }

    /** @param items in time order */
    @Schema(name = "Timeline", requiredProperties = {"items"})
    public record History(List<TimelineEntry> items) {
    }

    @GET
    @Operation(operationId = "getRunTimeline", summary = "What happened in a run, in time order", description = "what is one of scheduled,"
            + " started, missed, planning_taken_over, planned, batch_taken_over, first_message, paused, resumed, cancel_ordered, in_doubt, possibly_twice,"
            + " last_message, completed, cancelled, failed")
    public Uni<History> get(@RestPath String runId) {
        return runs.withId(runId)
                .map(run -> run.orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no run with this id")))
                .chain(timeline::of).map(History::new);
    }
}
