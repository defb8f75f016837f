package org.campaignrecovery.api.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.Set;

import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

class StandstillTest {
    private static final Set<String> ONE = Set.of("one");
    private static final Set<String> BOTH = Set.of("one", "two");

    private final Standstill standstill = new Standstill();

    @Test
    void aRunOfWhichNothingChangesStandsStill() {
        assertThat(look(0, ONE, open("one", 100))).isZero();
        assertThat(look(15, ONE, open("one", 100))).isEqualTo(Duration.ofSeconds(15));
        assertThat(look(90, ONE, open("one", 100))).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void aMessageLessIsProgress() {
        look(0, ONE, open("one", 100));
        assertThat(look(15, ONE, open("one", 99))).isZero();
        assertThat(look(20, ONE, open("one", 99))).isEqualTo(Duration.ofSeconds(5));
    }

    /** Its messages are all sent, and nobody completes it. */
    @Test
    void aRunOfWhichNothingIsLeftStandsStillToo() {
        look(0, ONE);
        assertThat(look(60, ONE)).isEqualTo(Duration.ofSeconds(60));
    }

    @Test
    void theLongestOfAllIsTold() {
        look(0, ONE, open("one", 100));
        look(30, BOTH, open("one", 100), open("two", 5));
        assertThat(look(40, BOTH, open("one", 100), open("two", 5))).isEqualTo(Duration.ofSeconds(40));
        assertThat(look(50, BOTH, open("one", 50), open("two", 5))).isEqualTo(Duration.ofSeconds(20));
    }

    @Test
    void whoRestedOrWasNotSeenIsObservedAnew() {
        look(0, ONE, open("one", 100));
        look(600, Set.of(), open("one", 100));
        assertThat(look(615, ONE, open("one", 100))).isZero();
        standstill.gap();
        assertThat(look(630, ONE, open("one", 100))).isZero();
    }

    private Duration look(long seconds, Set<String> runs, OpenWork... open) {
        return standstill.look(runs, List.of(open), Duration.ofSeconds(seconds).toNanos());
    }

    private static OpenWork open(String run, long deliveries) {
        return new OpenWork(run, Channel.EMAIL, 1, deliveries);
    }
}
