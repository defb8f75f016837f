package org.campaignrecovery.chaos.watch;

import static org.assertj.core.api.Assertions.assertThat;

import org.bson.Document;
import org.campaignrecovery.chaos.report.Timeline;
import org.campaignrecovery.chaos.report.Violations;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class StateWatchTest {
    private static final String BATCH = "run:1:email";

    private final Violations violations = new Violations(new Timeline());
    private final StateWatch watch = new StateWatch(() -> {
        throw new IllegalStateException("there is no ledger");
    }, "run", 1, violations);

    @AfterEach
    void stop() {
        watch.close();
    }

    @Test
    void aTakeoverAsItShouldBe() {
        batch(1, "a");
        member("pending", 1, null);
        member("sending", 1, "a:1");
        batch(2, "b");
        member("in_doubt", 2, "a:1");
        member("sent", 2, "a:1");
        assertThat(violations.sentences()).isEmpty();
        assertThat(watch.changes()).isEqualTo(3);
    }

    @Test
    void theClaimOfAnOwnerWhoHasLostTheBatch() {
        batch(2, "b");
        member("pending", 2, null);
        member("sending", 2, "a:7");
        assertThat(violations.sentences()).hasSize(1).allMatch(sentence -> sentence.startsWith("7: a stale claim"));
    }

    @Test
    void aStateThatNothingLeadsTo() {
        member("sent", 1, "a:1");
        member("pending", 1, "a:1");
        assertThat(violations.sentences()).hasSize(1).allMatch(sentence -> sentence.contains("from SENT to PENDING"));
    }

    @Test
    void aFenceAndAnEpochThatFall() {
        batch(3, "a");
        batch(2, "a");
        member("pending", 3, null);
        member("pending", 2, null);
        assertThat(violations.sentences()).hasSize(2);
    }

    @Test
    void twoOwnersOfOneEpoch() {
        batch(2, "a");
        batch(2, "b");
        assertThat(violations.sentences()).hasSize(1).allMatch(sentence -> sentence.contains("two owners"));
    }

    private void batch(long epoch, String owner) {
        watch.note(new Document("_id", BATCH).append("epoch", epoch).append("owner", owner).append("state", "leased"));
    }

    private void member(String state, long fence, String claim) {
        watch.judge(BATCH, new Document("_id", "d").append("state", state).append("fence", fence).append("claim", claim));
    }
}
