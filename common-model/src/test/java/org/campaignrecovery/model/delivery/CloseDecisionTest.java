package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.model.delivery.DeliveryState.CANCELLED;
import static org.campaignrecovery.model.delivery.DeliveryState.FAILED;
import static org.campaignrecovery.model.delivery.DeliveryState.IN_DOUBT;
import static org.campaignrecovery.model.delivery.DeliveryState.PENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.RETRY_WAIT;
import static org.campaignrecovery.model.delivery.DeliveryState.SENDING;
import static org.campaignrecovery.model.delivery.DeliveryState.SENT;
import static org.campaignrecovery.model.delivery.DeliveryState.SUPPRESSED;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.lists;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.delivery.CloseDecision.Close;
import org.campaignrecovery.model.delivery.CloseDecision.HandBack;
import org.campaignrecovery.model.delivery.CloseDecision.ReleaseBurnt;
import org.campaignrecovery.model.delivery.CloseDecision.Resend;
import org.campaignrecovery.model.delivery.CloseDecision.WorkOn;
import org.junit.jupiter.api.Test;

class CloseDecisionTest {
    private static final Instant NOON = Instant.parse("2026-11-23T12:00:00Z");
    private static final ClaimToken LIVE = new ClaimToken("me", 1);
    private static final ClaimToken BURNT = new ClaimToken("me", 2);
    private static final ClaimToken BURNT_TOO = new ClaimToken("me", 3);
    private static final ClaimToken FOREIGN = new ClaimToken("other", 1);

    @Test
    void aBatchClosesWhenEveryMemberIsClosed() {
        var members = List.of(member("a", SENT), member("b", FAILED), member("c", SUPPRESSED), member("d", CANCELLED),
                member("e", IN_DOUBT));
        assertThat(decide(members)).isEqualTo(new Close(Counts.ofStates(members.stream().map(Member::state).toList())));
        assertThat(decide(List.of())).isEqualTo(new Close(Counts.NONE));
    }

    @Test
    void aBurntClaimThatLandedIsReleasedBeforeAnythingElse() {
        var members = List.of(sending("a", BURNT), sending("b", BURNT_TOO), sending("c", BURNT), sending("d", LIVE), member("e", PENDING));
        assertThat(decide(members)).isEqualTo(new ReleaseBurnt(Map.of(BURNT, List.of("a", "c"), BURNT_TOO, List.of("b"))));
    }

    @Test
    void whatIsPendingOrUnderWayKeepsTheBatchOpen() {
        assertThat(decide(List.of(member("a", SENT), member("b", PENDING)))).isInstanceOf(WorkOn.class);
        assertThat(decide(List.of(member("a", SENT), sending("b", LIVE)))).isInstanceOf(WorkOn.class);
        assertThat(decide(List.of(waiting("a", NOON), member("b", PENDING)))).isInstanceOf(WorkOn.class);
    }

    @Test
    void anotherProcesssClaimIsNotOursToRelease() {
        assertThat(decide(List.of(sending("a", FOREIGN)))).isEqualTo(new WorkOn(Counts.of(SENDING, 1)));
    }

    @Test
    void aBatchThatOnlyWaitsIsHandedBackUntilTheFirstOfItsRetries() {
        var members = List.of(waiting("a", NOON.plusSeconds(60)), waiting("b", NOON), member("c", SENT));
        assertThat(decide(members)).isEqualTo(new HandBack(NOON, Counts.of(RETRY_WAIT, 2).plus(SENT, 1)));
    }

    @Test
    void aRetryWithoutATimeIsDueAtOnce() {
        assertThat(decide(List.of(waiting("a", null), waiting("b", NOON)))).isInstanceOf(WorkOn.class);
    }

    @Test
    void noBatchClosesOverAnOpenMemberAndNoneStaysOpenWithoutOne() {
        var member = arbitrary().pick(member("a", PENDING), sending("b", LIVE), sending("c", BURNT), sending("d", FOREIGN),
                waiting("e", NOON),
                waiting("f", null), member("g", SENT), member("h", FAILED), member("i", SUPPRESSED), member("j", CANCELLED),
                member("k", IN_DOUBT), sending("l", null));
        qt().forAll(lists().of(member).ofSizeBetween(0, 12)).check(members -> {
            CloseDecision decision = decide(members);
            boolean allClosed = members.stream().noneMatch(one -> one.state().open());
            boolean onlyWaiting = members.stream().allMatch(one -> one.state() == RETRY_WAIT || !one.state().open());
            return (decision instanceof Close) == allClosed && (!(decision instanceof HandBack) || onlyWaiting);
        });
    }

    @Test
    void whatIsInDoubtIsSentAgainOnceWhereTheCampaignWantsThat() {
        var members = List.of(member("a", SENT), member("b", IN_DOUBT), doubtful("c", FOREIGN, false), doubtful("d", FOREIGN, true));
        assertThat(resending(members)).isEqualTo(new Resend(List.of("b", "c")));
        assertThat(decide(members)).as("held otherwise").isInstanceOf(Close.class);
        assertThat(resending(List.of(doubtful("a", FOREIGN, true)))).as("once").isInstanceOf(Close.class);
        assertThat(resending(List.of(waiting("a", NOON), member("b", IN_DOUBT)))).as("before the batch rests").isInstanceOf(Resend.class);
    }

    @Test
    void nothingIsSentAgainWhoseOutcomeMayStillCome() {
        assertThat(resending(List.of(doubtful("a", LIVE, false), doubtful("b", FOREIGN, false)))).isInstanceOf(WorkOn.class);
        assertThat(resending(List.of(sending("a", LIVE), doubtful("b", FOREIGN, false)))).isInstanceOf(WorkOn.class);
        assertThat(resending(List.of(sending("a", BURNT), doubtful("b", FOREIGN, false)))).isInstanceOf(ReleaseBurnt.class);
    }

    /** Under {@code hold} nothing is ever sent again; under {@code resend} only what is in doubt and was not. */
    @Test
    void onlyUnmarkedDoubtIsEverSentAgain() {
        var member = arbitrary().pick(member("a", PENDING), sending("b", LIVE), sending("c", BURNT), waiting("e", NOON),
                member("g", SENT), member("h", FAILED), member("k", IN_DOUBT), doubtful("m", LIVE, false), doubtful("n", FOREIGN, false),
                doubtful("o", FOREIGN, true));
        qt().forAll(lists().of(member).ofSizeBetween(0, 8)).check(members -> {
            List<String> allowed = members.stream().filter(one -> one.state() == IN_DOUBT && !one.resent()).map(Member::id).toList();
            boolean held = !(decide(members) instanceof Resend);
            boolean rightOnes = !(resending(members) instanceof Resend resend) || resend.ids().equals(allowed);
            boolean closesWithoutThem = !(resending(members) instanceof Close) || allowed.isEmpty();
            return held && rightOnes && closesWithoutThem;
        });
    }

    private static CloseDecision decide(List<Member> members) {
        return CloseDecision.of(members, "me", LIVE::equals, OnDoubt.HOLD);
    }

    private static CloseDecision resending(List<Member> members) {
        return CloseDecision.of(members, "me", LIVE::equals, OnDoubt.RESEND);
    }

    private static Member doubtful(String id, ClaimToken claim, boolean resent) {
        return new Member(id, IN_DOUBT, claim, null, resent);
    }

    private static Member member(String id, DeliveryState state) {
        return new Member(id, state, null, null, false);
    }

    private static Member sending(String id, ClaimToken claim) {
        return new Member(id, SENDING, claim, null, false);
    }

    private static Member waiting(String id, Instant notBefore) {
        return new Member(id, RETRY_WAIT, BURNT, notBefore, false);
    }
}
