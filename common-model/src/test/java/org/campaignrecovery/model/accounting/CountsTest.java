package org.campaignrecovery.model.accounting;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.lists;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.delivery.DeliveryState;
import org.junit.jupiter.api.Test;
import org.quicktheories.core.Gen;

class CountsTest {

    /** P2: whatever moves, planned is the sum, and the vector is that of the members one by one. */
    @Test
    void theSumStaysThroughEveryMove() {
        Gen<DeliveryState> state = arbitrary().pick(DeliveryState.values());
        qt().forAll(lists().of(state).ofSizeBetween(1, 20), lists().of(integers().between(0, 1_000)).ofSizeBetween(0, 50))
                .check((start, moves) -> {
                    List<DeliveryState> members = new ArrayList<>(start);
                    Counts counts = Counts.ofStates(members);
                    for (int move : moves) {
                        int i = move % members.size();
                        DeliveryState to = DeliveryState.values()[move / members.size() % DeliveryState.values().length];
                        counts = counts.moved(members.set(i, to), to, 1);
                        if (counts.planned() != members.size()) {
                            return false;
                        }
                    }
                    long open = members.stream().filter(DeliveryState::open).count();
                    return counts.equals(Counts.ofStates(members)) && counts.open() == open;
                });
    }

    @Test
    void aVectorSurvivesItsDocument() {
        qt().forAll(lists().of(arbitrary().pick(DeliveryState.values())).ofSizeBetween(0, 30)).check(states -> {
            Counts counts = Counts.ofStates(states);
            return Counts.fromWire(counts.toWire()).equals(counts) && counts.toWire().size() == DeliveryState.values().length;
        });
    }

    @Test
    void vectorsAddUp() {
        Gen<List<DeliveryState>> states = lists().of(arbitrary().pick(DeliveryState.values())).ofSizeBetween(0, 10);
        qt().forAll(states, states).check((a, b) -> {
            List<DeliveryState> both = new ArrayList<>(a);
            both.addAll(b);
            return Counts.ofStates(a).plus(Counts.ofStates(b)).equals(Counts.ofStates(both));
        });
    }

    @Test
    void zerosDoNotDistinguishVectors() {
        assertThat(Counts.of(DeliveryState.SENT, 0)).isEqualTo(Counts.NONE).hasSameHashCodeAs(Counts.NONE);
    }

    @Test
    void whatIsNotACountIsRefused() {
        assertThatThrownBy(() -> Counts.of(DeliveryState.SENT, 1).moved(DeliveryState.PENDING, DeliveryState.SENT, 1))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Counts.fromWire(Map.of("sent", -1L))).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> Counts.fromWire(Map.of("send", 1L))).isInstanceOf(IllegalArgumentException.class);
    }
}
