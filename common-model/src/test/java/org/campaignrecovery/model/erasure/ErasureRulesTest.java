package org.campaignrecovery.model.erasure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.audience.SegmentRules;
import org.campaignrecovery.model.guard.GuardedUpdate;
import org.campaignrecovery.model.guard.InMemoryGuards;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.run.RunRules;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.model.testsend.TestSendRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ErasureRulesTest {
    private static final Instant NOW = Instant.parse("2026-11-23T10:00:00Z");

    @Test
    void whatIsFinishedForgetsWhoItWasUnlessSomebodyHasAskedAnew() {
        Map<String, Object> erasure = new HashMap<>(Map.of("_id", "p", "customer", "17850", "at", NOW, "by", "olga"));
        apply(erasure, ErasureRules.again("p", "17850", "omar", NOW.plusSeconds(1)));
        assertThat(apply(erasure, ErasureRules.finished("p", NOW, NOW))).as("the one that was seen before").isFalse();
        assertThat(apply(erasure, ErasureRules.finished("p", NOW.plusSeconds(1), NOW))).isTrue();
        assertThat(erasure).doesNotContainKey("customer").containsEntry("by", "omar").containsKey("finishedAt");
        apply(erasure, ErasureRules.again("p", "17850", "omar", NOW.plusSeconds(2)));
        assertThat(erasure).containsEntry("customer", "17850").doesNotContainKey("finishedAt");
    }

    @Test
    void aPseudonymNeedsItsKey() {
        byte[] one = new byte[Pseudonym.KEY_BYTES];
        byte[] another = new byte[Pseudonym.KEY_BYTES];
        another[0] = 1;
        assertThat(new Pseudonym(one).of("17850")).hasSize(24).isEqualTo(new Pseudonym(one).of("17850"))
                .isNotEqualTo(new Pseudonym(one).of("17851")).isNotEqualTo(new Pseudonym(another).of("17850"));
        assertThatThrownBy(() -> new Pseudonym(new byte[3])).isInstanceOf(IllegalArgumentException.class);
    }

    /** Two customers of one page at once: the second must not put back the first one's row. */
    @Test
    void twoErasuresOfOnePageDoNotUndoEachOther() {
        Map<String, Object> page = new HashMap<>(Map.of("_id", "r:0", "state", "planning", "rows", List.of("ada", "bob")));
        GuardedUpdate first = PageRules.eraseRows("r:0", null, List.of("erased", "bob"));
        GuardedUpdate second = PageRules.eraseRows("r:0", null, List.of("ada", "erased"));
        assertThat(apply(page, first)).isTrue();
        assertThat(apply(page, second)).isFalse();
        assertThat(apply(page, PageRules.eraseRows("r:0", 1L, List.of("erased", "erased")))).isTrue();
        assertThat(page).containsEntry("rows", List.of("erased", "erased"));
    }

    @Test
    void aPlaceInAListIsGivenToNobodyAndStays() {
        Map<String, Object> part = new HashMap<>(Map.of("_id", "s:0", "ids", List.of("1", "2", "3")));
        GuardedUpdate late = SegmentRules.erase("s:0", null, List.of("1", "2", "3"), "3");
        assertThat(apply(part, SegmentRules.erase("s:0", null, List.of("1", "2", "3"), "2"))).isTrue();
        assertThat(part).containsEntry("ids", List.of("1", "erased:s:0:1", "3"));
        assertThat(apply(part, late)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({"completed, true", "cancelled, true", "failed, true", "sending, false", "planning, false", "missed, false"})
    void aRunThatIsOverIsMarkedBeforeItsDeliveriesAreTouched(String state, boolean marked) {
        Map<String, Object> run = run(state);
        assertThat(apply(run, RunRules.anonymise("r", NOW, NOW))).isFalse();
        assertThat(apply(run, RunRules.anonymise("r", NOW.plusSeconds(1), NOW))).isEqualTo(marked);
        assertThat(apply(run, RunRules.anonymise("r", NOW.plusSeconds(1), NOW))).as("once").isFalse();
    }

    /** The operator's order read the run before it was marked, or after. */
    @ParameterizedTest
    @ValueSource(longs = {5, 6})
    void noOrderOpensARunThatIsAnonymised(long rev) {
        Map<String, Object> run = run("completed");
        apply(run, RunRules.anonymise("r", NOW.plusSeconds(1), NOW));
        assertThat(apply(run, RunRules.order("r", 0, rev))).isFalse();
        Map<String, Object> failed = run("failed");
        apply(failed, RunRules.anonymise("r", NOW.plusSeconds(1), NOW));
        assertThat(apply(failed, RunRules.reopen("r", RunState.FAILED, NOW))).isFalse();
    }

    /** And the other way round: what an order has opened is under way, and keeps what it needs. */
    @Test
    void aRunThatAnOrderHasOpenedIsNotAnonymised() {
        Map<String, Object> run = run("completed");
        apply(run, RunRules.order("r", 0, 5));
        assertThat(apply(run, RunRules.anonymise("r", NOW.plusSeconds(1), NOW))).isFalse();
    }

    @Test
    void aTestMessageThatNobodyHasClaimedIsNotSent() {
        Map<String, Object> waiting = new HashMap<>(Map.of("_id", "t", "state", "requested", "address", "a@x.org"));
        Map<String, Object> sent = new HashMap<>(Map.of("_id", "u", "state", "sent", "address", "a@x.org"));
        assertThat(InMemoryGuards.apply(List.of(waiting, sent), TestSendRules.refusedAnonymised("a@x.org", NOW))).isOne();
        assertThat(InMemoryGuards.apply(List.of(waiting, sent), TestSendRules.anonymise("a@x.org"))).isOne();
        assertThat(waiting).containsEntry("state", "failed").doesNotContainKey("address");
        assertThat(sent).containsEntry("state", "sent").doesNotContainKey("address");
        assertThat(apply(waiting, TestSendRules.claim("t", "w:1", NOW))).isFalse();
    }

    private static Map<String, Object> run(String state) {
        return new HashMap<>(Map.of("_id", "r", "state", state, "finishedAt", NOW, "round", 0L, "rev", 5L));
    }

    private static boolean apply(Map<String, Object> document, GuardedUpdate update) {
        return InMemoryGuards.apply(document, update);
    }
}
