package org.campaignrecovery.model.batch;

import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;

/** The identity of a page's batch on one channel: {@code <runId>:<n>:<channel>}. */
public record BatchId(String run, int page, Channel channel) {

    /** @throws IllegalArgumentException if {@code text} is not a batch id */
    public static BatchId parse(String text) {
        int last = text.lastIndexOf(':');
        int middle = last < 0 ? -1 : text.lastIndexOf(':', last - 1);
        if (middle < 0) {
            throw new IllegalArgumentException("a batch id is <runId>:<n>:<channel>, not " + text);
        }
        int page;
        try {
            page = Integer.parseInt(text.substring(middle + 1, last));
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("a batch id is <runId>:<n>:<channel>, not " + text, e);
        }
        BatchId id = new BatchId(text.substring(0, middle), page, Wire.parse(Channel.class, text.substring(last + 1)));
        if (page < 0 || !id.toString().equals(text)) {
            throw new IllegalArgumentException("a batch id is <runId>:<n>:<channel>, n from 0, without sign or leading zeros, not " + text);
        }
        return id;
    }

    @Override
    public String toString() {
        return run + ":" + page + ":" + channel.wire();
    }
}
