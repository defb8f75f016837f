package org.campaignrecovery.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.integers;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

import org.campaignrecovery.ledger.run.RunDocument;
import org.junit.jupiter.api.Test;

class RotationTest {

    private static List<RunDocument> runs(int number) {
        return IntStream.range(0, number).mapToObj(n -> run("%04d".formatted(n))).toList();
    }

    private static RunDocument run(String id) {
        RunDocument run = new RunDocument();
        run.id = id;
        return run;
    }

    private static List<String> ids(List<RunDocument> runs) {
        return runs.stream().map(run -> run.id).toList();
    }

    @Test
    void fewHaveTheirTurnEveryTime() {
        Rotation turns = new Rotation(3);
        assertThat(turns.next(List.of())).isEmpty();
        assertThat(turns.next(runs(3))).hasSize(3);
        assertThat(turns.next(runs(3))).hasSize(3);
    }

    @Test
    void manyTakeTurns() {
        Rotation turns = new Rotation(2);
        assertThat(ids(turns.next(runs(5)))).containsExactly("0000", "0001");
        assertThat(ids(turns.next(runs(5)))).containsExactly("0002", "0003");
        assertThat(ids(turns.next(runs(5)))).containsExactly("0004", "0000");
        assertThat(ids(turns.next(List.of(run("0009"), run("0003"), run("0001"))))).as("others by now").containsExactly("0001", "0003");
    }

    @Test
    void everybodyHasATurnBeforeAnybodyHasTwo() {
        qt().forAll(integers().between(1, 20), integers().between(1, 100)).check((atOnce, number) -> {
            Rotation turns = new Rotation(atOnce);
            Set<String> seen = new HashSet<>();
            for (int pass = 0; pass * atOnce < number; pass++) {
                seen.addAll(ids(turns.next(runs(number))));
            }
            return seen.size() == number;
        });
    }
}
