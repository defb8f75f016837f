package org.campaignrecovery.ledger.generation;

import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.generation.Continuation;
import org.campaignrecovery.model.generation.Position;
import org.campaignrecovery.model.generation.Restoration;

/**
 * What this process has seen of where the ledger stands, and whether it may therefore work with it. Nothing is claimed or started before
 * the ledger was compared with what was seen earlier, nor while it lies behind that, nor while it is held. Safe for any thread.
 */
@ApplicationScoped
public class Continuity {
    /** Why nothing goes on as long as the ledger was not compared. */
    static final String UNCOMPARED = "it is not known yet whether the ledger was restored from a backup: the topic "
            + GenerationTopic.NAME + " cannot be read and no api advances the ledger; nothing is sent until Kafka is there";

    private final AtomicReference<Position> seen = new AtomicReference<>();
    private volatile boolean compared;
    private volatile GenerationDocument latest;

    /** The latest position that is known now. To be asked for before the ledger is read which is to be compared with it. */
    public Position known() {
        return seen.get();
    }

    /** Somebody else has seen the ledger there. Of another ledger than the one this process works with it says nothing. */
    public void heard(Position position) {
        seen.updateAndGet(before -> before == null ? null : before.later(position));
    }

    /** The compacted topic was read, or has nothing; or an api that has compared the ledger advances it. */
    void compared(Position position) {
        if (position != null) {
            seen.updateAndGet(before -> before == null ? position : before.later(position));
        }
        compared = true;
    }

    boolean isCompared() {
        return compared;
    }

    /**
     * Takes note of a reading of the ledger.
     *
     * @param document as it was read, or null when there is none
     * @param known what {@link #known} said before the ledger was read
     * @return whether work may go on, by this reading
     */
    public boolean see(GenerationDocument document, Position known) {
        if (document == null || !compared || standing(document, known) != Continuation.GOES_ON) {
            return false;
        }
        GenerationDocument before = latest;
        if (before == null || !before.incarnation().equals(document.incarnation()) || before.generation() <= document.generation()) {
            latest = document;
        }
        Position position = document.position();
        seen.updateAndGet(now -> now == null || document.predecessors().contains(now.incarnation()) ? position : now.later(position));
        return !document.held();
    }

    static Continuation standing(GenerationDocument document, Position known) {
        return Continuation.of(document.position(), document.predecessors(), known);
    }

    /** Whether work may go on, by the latest reading. */
    public boolean goesOn() {
        return compared && latest != null && !latest.held();
    }

    /** Whether messages of a run that was due then may have been sent without the ledger knowing; if so by which restoration. */
    public Optional<Restoration> doubts(Instant scheduledFor) {
        GenerationDocument document = latest;
        return document == null ? Optional.empty() : document.restoration().filter(restoration -> restoration.doubts(scheduledFor));
    }

    /** Where the ledger stands, for events; null before it is known. */
    public Position position() {
        GenerationDocument document = latest;
        return document == null ? null : document.position();
    }

    /** Why nothing goes on, or empty. */
    public Optional<String> obstacle() {
        GenerationDocument document = latest;
        if (!compared || document == null) {
            return Optional.of(UNCOMPARED);
        }
        return document.held() ? Optional.of(sentence(document.hold())) : Optional.empty();
    }

    /** What an operator has to know of a hold. */
    public static String sentence(GenerationDocument.Hold hold) {
        return "%s; held since generation %d (%s): nothing is sent, what is unfinished is in doubt, until an operator confirms it (POST "
                .formatted(hold.reason(), hold.generation(), hold.at()) + "/api/ledger/confirm)";
    }
}
