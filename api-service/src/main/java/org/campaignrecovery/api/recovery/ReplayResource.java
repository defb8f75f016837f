package org.campaignrecovery.api.recovery;

import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.RETRY_WAIT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.delivery.DeliveryState.SUPPRESSED;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.MediaType;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.run.RunCountsRepository;
import org.campaignrecovery.api.run.RunRepository;
import org.campaignrecovery.api.schedule.RunLaunch;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.channel.Channel;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;
import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.mutiny.Uni;

/** Ringing again for a run. Events say "look", never "send this": the ledger decides, so that a replay sends nothing twice. */
@Path("/api/runs/{runId}/replay")
@Tag(name = "recovery")
public class ReplayResource {
    private static final Logger LOG = Logger.getLogger(ReplayResource.class);

    private final RunRepository runs;
    private final RunCountsRepository accounts;
    private final RunLaunch launch;
    private final Rouser rouser;

    ReplayResource(RunRepository runs, RunCountsRepository accounts, RunLaunch launch, Rouser rouser) {
        this.runs = runs;
        this.accounts = accounts;
        this.launch = launch;
        this.rouser = rouser;
    }

    /** @param channels what a replay would find, by channel */
    @Schema(name = "Replay", requiredProperties = {"runId", "status", "dryRun", "channels"})
    public record Replay(String runId, String status, boolean dryRun, Map<String, Found> channels) {
    }

    /**
     * Messages of one channel.
     *
     * @param underWay handed to a provider just now, or about to be
     * @param pending waiting, for their turn or another try
     * @param wouldSend those of them that go out, replay or not, as the run is still under way
     */
    @Schema(name = "ReplayOfAChannel", requiredProperties = {"alreadySent", "underWay", "pending", "inDoubt", "failed", "suppressed",
            "cancelled", "wouldSend"})
    public record Found(long alreadySent, long underWay, long pending, long inDoubt, long failed, long suppressed, long cancelled,
            long wouldSend) {

        static Found of(Counts counts, boolean active) {
            long pending = counts.get(PENDING) + counts.get(RETRY_WAIT);
            return new Found(counts.get(SENT), counts.get(SENDING), pending, counts.get(IN_DOUBT), counts.get(FAILED),
                    counts.get(SUPPRESSED), counts.get(CANCELLED), active ? pending : 0);
        }
    }

    @POST
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "replayRun", summary = "What a replay of the run's events would do; with dryRun=false, ring again", description = "The counts are the ledger's; those of batches under way are up to a heartbeat old. Nobody receives a second "
            + "message by a replay.")
    @APIResponse(responseCode = "200", description = "What a replay would do, or has done", content = @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Replay.class)))
    @APIResponse(responseCode = "404", description = "There is no such run")
    @APIResponse(responseCode = "503", description = "Kafka does not answer; workers find open work in the ledger anyway")
    public Uni<Replay> replay(@RestPath String runId, @QueryParam("dryRun") String dryRun) {
        boolean dry = dry(dryRun);
        return runs.withId(runId).map(run -> run.orElseThrow(() -> ProblemType.NOT_FOUND.problem("there is no run with this id")))
                .chain(run -> accounts.of(List.of(runId)).map(sums -> answer(run, dry, sums.get(runId).counts()))
                        .call(() -> dry || !run.state.active() ? Uni.createFrom().voidItem() : ring(run)));
    }

    private Uni<Void> ring(RunDocument run) {
        return launch.ring(run).chain(() -> rouser.rouse(run)).invoke(() -> LOG.infof("rang again run=%s", run.id)).onFailure()
                .transform(failure -> ProblemType.UNAVAILABLE.problem("Kafka does not answer: %s".formatted(failure.getMessage())))
                .replaceWithVoid();
    }

    private static boolean dry(String parameter) {
        if (parameter == null || parameter.equals("true") || parameter.equals("false")) {
            return !"false".equals(parameter);
        }
        throw ProblemType.BAD_REQUEST.problem("dryRun must be true or false");
    }

    private static Replay answer(RunDocument run, boolean dry, Map<Channel, Counts> counts) {
        Map<String, Found> channels = new LinkedHashMap<>();
        run.frozen.channels().forEach(channel -> channels.put(channel.wire(),
                Found.of(counts.getOrDefault(channel, Counts.NONE), run.state.active())));
        return new Replay(run.id, run.state.wire(), dry, channels);
    }
}
