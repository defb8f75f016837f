package org.campaignrecovery.worker.recovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

class SweepTest {
    private final List<Integer> done = new ArrayList<>();

    @Test
    void oneThatFailsKeepsNobodyFromTheOthers() {
        Sweep.forEach(List.of(1, 2, 3), n -> n == 2 ? Uni.createFrom().failure(new IllegalStateException("broken")) : note(n)).await()
                .indefinitely();
        assertThat(done).containsExactly(1, 3);
    }

    @Test
    void oneThatThrowsKeepsNobodyFromTheOthers() {
        Sweep.forEach(List.of(1, 2, 3), n -> {
            if (n == 1) {
                throw new IllegalStateException("broken");
            }
            return note(n);
        }).await().indefinitely();
        assertThat(done).containsExactly(2, 3);
    }

    @Test
    void manyThatAreDoneAtOnceNeedNoStack() {
        List<Integer> many = IntStream.range(0, 100_000).boxed().toList();
        Sweep.forEach(many, this::note).await().indefinitely();
        assertThat(done).isEqualTo(many);
    }

    private Uni<Void> note(int n) {
        return Uni.createFrom().voidItem().invoke(() -> done.add(n));
    }
}
