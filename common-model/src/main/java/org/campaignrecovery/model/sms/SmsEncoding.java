package org.campaignrecovery.model.sms;

/** How an SMS travels, and what fits into one of its segments (3GPP TS 23.038 and 23.040). */
public enum SmsEncoding {
    /** Seven bits a character; those of the extension table take two. */
    GSM_7(160, 153),
    /** Sixteen bits for each UTF-16 unit. */
    UCS_2(70, 67);

    private final int alone;
    private final int joined;

    SmsEncoding(int alone, int joined) {
        this.alone = alone;
        this.joined = joined;
    }

    /** Units that fit into a message of one segment. */
    public int alone() {
        return alone;
    }

    /** Units that fit into each segment of a longer one: a header tells which belong together. */
    public int joined() {
        return joined;
    }
}
