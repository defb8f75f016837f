package org.campaignrecovery.worker.recovery;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;

import org.campaignrecovery.ledger.run.RunDocument;

/** Some of the runs at a time, each time the next ones: a pass over thousands costs no more than one over a few. */
final class Rotation {
    private final int atOnce;
    private String last = "";

    Rotation(int atOnce) {
        this.atOnce = atOnce;
    }

    /** All when they are few; otherwise those that follow the last ones, by their ids, and the first ones again after the end. */
    List<RunDocument> next(List<RunDocument> runs) {
        if (runs.size() <= atOnce) {
            return runs;
        }
        List<RunDocument> ordered = runs.stream().sorted(Comparator.comparing(run -> run.id)).toList();
        List<RunDocument> turn = Stream
                .concat(ordered.stream().filter(run -> run.id.compareTo(last) > 0),
                        ordered.stream().filter(run -> run.id.compareTo(last) <= 0))
                .limit(atOnce).toList();
        last = turn.get(turn.size() - 1).id;
        return turn;
    }
}
