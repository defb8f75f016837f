package org.campaignrecovery.model.evidence;

import org.campaignrecovery.model.delivery.ClaimToken;

/**
 * Names of what is known about attempts: {@code <source>:<what the source calls it>[:<event>]}. The name is what makes appending the same
 * thing again do nothing.
 */
public final class EvidenceId {
    private EvidenceId() {
    }

    /** That a provider has accepted a message: there once, so that one provider id is evidence for one delivery. */
    public static String acceptance(String provider, String providerId) {
        return provider + ":" + providerId;
    }

    /** Something that happened to an accepted message. */
    public static String event(String provider, String providerId, String event) {
        return acceptance(provider, providerId) + ":" + event;
    }

    /** That a provider was asked about an attempt for the n-th time, and its answer proved nothing. */
    public static String lookUp(String provider, String delivery, String claim, int n) {
        return "%s:look-up:%s:%s:%d".formatted(provider, delivery, claim == null ? "" : claim, n);
    }

    /** What a worker learned of an attempt that its delivery no longer waits for. */
    public static String worker(ClaimToken claim, String delivery) {
        return "worker:" + claim + ":" + delivery;
    }

    /** What an operator said about an attempt. */
    public static String operator(String claim, String delivery, String verdict) {
        return "operator:%s:%s:%s".formatted(claim, delivery, verdict);
    }
}
