package org.campaignrecovery.chaos.fault;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CopyOnWriteArrayList;

import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.campaignrecovery.chaos.stage.Door;
import org.campaignrecovery.chaos.stage.Fleet;
import org.campaignrecovery.chaos.stage.Incarnation;
import org.campaignrecovery.chaos.stage.Stage;
import org.campaignrecovery.local.cluster.ServiceKind;

/**
 * What a fault can reach of its round.
 *
 * @param campaign its id
 * @param run its run's id
 */
public record Play(Stage stage, Door door, String campaign, String run, Random random, Timeline timeline, Violations violations,
        List<Silence> silences) {

    /**
     * A time in which nothing of the campaign may be sent, up to what was on its way when it began.
     *
     * @param since when the order was acknowledged
     * @param until when it was taken back, or null
     */
    public record Silence(String order, Instant since, Instant until) {
    }

    public Play(Stage stage, Door door, String campaign, String run, Random random, Timeline timeline, Violations violations) {
        this(stage, door, campaign, run, random, timeline, violations, new CopyOnWriteArrayList<>());
    }

    public Fleet fleet() {
        return stage.fleet();
    }

    /** Somebody healthy of a kind, by chance; empty when there is nobody. */
    Optional<Incarnation> any(ServiceKind kind) {
        List<Incarnation> healthy = fleet().healthy(kind);
        return healthy.isEmpty() ? Optional.empty() : Optional.of(healthy.get(random.nextInt(healthy.size())));
    }

    /** Whether the campaign rests now, by an order. */
    public boolean silent() {
        return silences.stream().anyMatch(silence -> silence.until() == null);
    }

    int between(int least, int most) {
        return least + random.nextInt(most - least + 1);
    }
}
