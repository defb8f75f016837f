package org.campaignrecovery.model.delivery;

import static java.util.stream.Collectors.groupingBy;
import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.toList;

import java.time.Instant;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;

import org.campaignrecovery.model.accounting.Counts;

/** What the owner of a batch does when it has run out of work on it, after reading all members again. */
public sealed interface CloseDecision {

    /** Every member is in a state in which a batch may close. */
    record Close(Counts counts) implements CloseDecision {
    }

    /** Claims whose answer was lost have landed: release these ids under these tokens, then read again. */
    record ReleaseBurnt(Map<ClaimToken, List<String>> idsByToken) implements CloseDecision {
    }

    /** The campaign sends again what is in doubt, once: these ids; then there is more to do. */
    record Resend(List<String> ids) implements CloseDecision {
    }

    /** There is something to claim, or a message is under way. */
    record WorkOn(Counts counts) implements CloseDecision {
    }

    /** Only members that wait for another try are left; nobody needs the batch before {@code notBefore}, the earliest of theirs. */
    record HandBack(Instant notBefore, Counts counts) implements CloseDecision {
    }

    /**
     * A member in {@code sending} under another process's token cannot be closed over either: either our lease is gone, which the next
     * guarded update of the batch tells, or somebody still has to record it. A waiting member without {@code notBefore} is due at once.
     * What is in doubt is sent again only when nothing is left to claim or to record, and never while its own outcome may still come.
     *
     * @param members all of the batch
     * @param bootId of this process
     * @param live whether a token of this process still waits for the acknowledgement of an outcome or release; asked after the read, so
     *        that a token which has ended meanwhile is released in vain, because its members are not in {@code sending} any more
     * @param onDoubt what the campaign wants; {@link OnDoubt#HOLD} for a run of which nothing may be sent any more
     */
    static CloseDecision of(Collection<Member> members, String bootId, Predicate<ClaimToken> live, OnDoubt onDoubt) {
        Map<ClaimToken, List<String>> burnt = members.stream().filter(member -> burnt(member, bootId, live))
                .collect(groupingBy(Member::claim, LinkedHashMap::new, mapping(Member::id, toList())));
        if (!burnt.isEmpty()) {
            return new ReleaseBurnt(burnt);
        }
        Counts counts = Counts.ofStates(members.stream().map(Member::state).toList());
        if (members.stream().anyMatch(CloseDecision::needsWork)) {
            return new WorkOn(counts);
        }
        List<Member> toResend = members.stream().filter(member -> onDoubt == OnDoubt.RESEND && mayBeSentAgain(member)).toList();
        if (toResend.stream().anyMatch(member -> member.claim() != null && live.test(member.claim()))) {
            return new WorkOn(counts);
        }
        if (!toResend.isEmpty()) {
            return new Resend(toResend.stream().map(Member::id).toList());
        }
        if (counts.open() == 0) {
            return new Close(counts);
        }
        Instant earliest = members.stream().filter(member -> member.state() == DeliveryState.RETRY_WAIT).map(Member::notBefore)
                .min(Instant::compareTo).orElseThrow();
        return new HandBack(earliest, counts);
    }

    private static boolean burnt(Member member, String bootId, Predicate<ClaimToken> live) {
        return member.state() == DeliveryState.SENDING && member.claim() != null && member.claim().bootId().equals(bootId)
                && !live.test(member.claim());
    }

    private static boolean mayBeSentAgain(Member member) {
        return member.state() == DeliveryState.IN_DOUBT && !member.resent();
    }

    private static boolean needsWork(Member member) {
        return switch (member.state()) {
            case PENDING, SENDING -> true;
            case RETRY_WAIT -> member.notBefore() == null;
            case SENT, FAILED, SUPPRESSED, CANCELLED, IN_DOUBT -> false;
        };
    }
}
