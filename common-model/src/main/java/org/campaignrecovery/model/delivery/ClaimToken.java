package org.campaignrecovery.model.delivery;

/** The name of one try to claim a group: {@code <bootId>:<seq>}, never used again, also when the try's answer was lost. */
public record ClaimToken(String bootId, long seq) {

    /** @throws IllegalArgumentException if {@code text} is not a claim token */
    public static ClaimToken parse(String text) {
        int colon = text.lastIndexOf(':');
        if (colon < 1) {
            throw new IllegalArgumentException("a claim token is <bootId>:<seq>, not " + text);
        }
        return new ClaimToken(text.substring(0, colon), Long.parseLong(text.substring(colon + 1)));
    }

    @Override
    public String toString() {
        return bootId + ":" + seq;
    }
}
