package org.campaignrecovery.ledger.generation;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.loop.Loops;
import org.campaignrecovery.ledger.startup.LedgerGate;
import org.campaignrecovery.model.generation.Continuation;
import org.campaignrecovery.model.generation.GenerationRules;
import org.campaignrecovery.model.generation.Position;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/**
 * Looks every few seconds whether the ledger goes on from where it was seen before, here, by others, or according to the compacted topic;
 * holds it when it does not, and puts in doubt what is unfinished. Any number of processes may do all of this at once, and die in between.
 */
@ApplicationScoped
class ContinuityWatch {
    private static final Logger LOG = Logger.getLogger(ContinuityWatch.class);
    private static final int INCARNATION_BYTES = 8;

    private final Continuity continuity;
    private final GenerationRepository generations;
    private final GenerationTopic topic;
    private final LedgerGate gate;
    private final LedgerClock clock;
    private final ContinuityConfig config;
    private final Loops loops;
    private final String incarnation;
    private Position first;
    private String said;

    ContinuityWatch(Continuity continuity, GenerationRepository generations, GenerationTopic topic, LedgerGate gate, LedgerClock clock,
            ContinuityConfig config, Loops loops) {
        this.loops = loops;
        this.continuity = continuity;
        this.generations = generations;
        this.topic = topic;
        this.gate = gate;
        this.clock = clock;
        this.config = config;
        byte[] random = new byte[INCARNATION_BYTES];
        new SecureRandom().nextBytes(random);
        this.incarnation = HexFormat.of().formatHex(random);
    }

    void start(@Observes StartupEvent event) {
        String lack = "the ledger is not watched any more";
        gate.opened().subscribe().with(open -> loops.every(config.every(), this::lookSafely, lack), failure -> LOG.error(lack, failure));
    }

    private Uni<Void> lookSafely() {
        return Uni.createFrom().deferred(this::look).onFailure()
                .invoke(failure -> LOG.debugf("could not look where the ledger stands: %s", failure.getMessage())).onFailure()
                .recoverWithNull().invoke(this::tell);
    }

    private Uni<Void> look() {
        return compare().chain(() -> {
            Position known = continuity.known();
            return generations.findOrInsert(incarnation, now()).chain(document -> judge(document, known));
        });
    }

    /** Until it is known where the ledger was: the topic says it, or that somebody advances it who knows. */
    private Uni<Void> compare() {
        return continuity.isCompared()
                ? Uni.createFrom().voidItem()
                : topic.latest().invoke(position -> continuity.compared(position.orElse(null))).replaceWithVoid().onFailure()
                        .recoverWithUni(this::watchOthers);
    }

    private Uni<Void> watchOthers(Throwable failure) {
        LOG.debugf("the topic %s cannot be read: %s", GenerationTopic.NAME, failure.getMessage());
        return generations.current().invoke(document -> {
            Position now = document == null ? null : document.position();
            if (first != null && first.later(now) != first) {
                continuity.compared(now);
            }
            first = now;
        }).replaceWithVoid();
    }

    private Uni<Void> judge(GenerationDocument document, Position known) {
        if (!continuity.isCompared()) {
            return Uni.createFrom().voidItem();
        }
        Continuation standing = Continuity.standing(document, known);
        if (standing != Continuation.GOES_ON) {
            return hold(document, known, standing);
        }
        continuity.see(document, known);
        return document.held() && !Boolean.TRUE.equals(document.hold().moved()) ? doubt(document) : Uni.createFrom().voidItem();
    }

    private Uni<Void> hold(GenerationDocument document, Position known, Continuation standing) {
        Instant now = now();
        String reason = standing == Continuation.ANOTHER_LEDGER
                ? "this is another ledger (%s) than the one that was at work before (%s)".formatted(document.incarnation(),
                        known.incarnation())
                : "the ledger went backwards, from generation %d to %d: it was restored from a backup".formatted(known.generation(),
                        document.generation());
        List<String> past = new ArrayList<>(document.predecessors());
        if (standing == Continuation.ANOTHER_LEDGER) {
            past.add(known.incarnation());
        }
        return generations.won(GenerationRules.hold(document.position(), known, past, reason, now, now)).invoke(won -> {
            if (won) {
                LOG.errorf("%s: held, nothing is claimed until an operator confirms it", reason);
            }
        }).chain(won -> {
            Position later = continuity.known();
            return generations.current().chain(again -> again == null || Continuity.standing(again, later) != Continuation.GOES_ON
                    ? Uni.createFrom().voidItem()
                    : judge(again, later));
        });
    }

    private Uni<Void> doubt(GenerationDocument document) {
        return generations.doubt(document.restoration().orElseThrow(), now())
                .invoke(moved -> LOG.warnf("in_doubt n=%d: unfinished when the ledger's backup was made, they may have been sent since",
                        moved))
                .chain(() -> generations.won(GenerationRules.moved(document.hold().generation()))).replaceWithVoid();
    }

    /** Says once why nothing goes on, and once that it does. */
    private void tell() {
        String obstacle = continuity.obstacle().orElse(null);
        if (obstacle == null && said != null) {
            LOG.info("the ledger goes on from where it was: work goes on");
        } else if (obstacle != null && !obstacle.equals(said)) {
            LOG.warn(obstacle);
        }
        said = obstacle;
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
