package org.campaignrecovery.api.migration;

import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryId;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.planning.PageId;
import org.campaignrecovery.model.planning.PageState;

/**
 * A page of a run that holds what was reached before the run was here: planned, its batches closed. It lies in one of the first slots, so
 * that the planner adopts it and goes on behind it from the beginning of the audience ({@code to} is null), and what it would plan for
 * these addresses meets their deliveries.
 */
record ReachedPage(PageDocument page, List<BatchDocument> batches, List<DeliveryDocument> deliveries) {
    private static final int SIZE = 500;

    /** As many pages as the longest channel needs; none when nobody was reached. */
    static List<ReachedPage> of(String run, ReachedAddresses reached, Instant now) {
        List<ReachedPage> pages = new ArrayList<>();
        for (ReachedPage page = at(run, 0, reached, now); !page.batches.isEmpty(); page = at(run, pages.size(), reached, now)) {
            pages.add(page);
        }
        return pages;
    }

    private static ReachedPage at(String run, int n, ReachedAddresses reached, Instant now) {
        List<BatchDocument> batches = new ArrayList<>();
        List<DeliveryDocument> deliveries = new ArrayList<>();
        Map<String, Skips> skipped = new LinkedHashMap<>();
        for (Channel channel : Channel.values()) {
            List<Reached> all = reached.on(channel);
            List<Reached> part = all.subList(Math.min(n * SIZE, all.size()), Math.min((n + 1) * SIZE, all.size()));
            if (!part.isEmpty()) {
                String batch = new BatchId(run, n, channel).toString();
                List<DeliveryDocument> members = part.stream().map(one -> delivery(run, batch, one, now)).toList();
                deliveries.addAll(members);
                batches.add(batch(batch, run, channel, members, now));
                skipped.put(channel.wire(), Skips.NONE);
            }
        }
        PageDocument page = new PageDocument(new PageId(run, n).toString(), run, n, PageState.PLANNED, null, null, null,
                batches.stream().map(BatchDocument::id).toList(), skipped, null, null);
        return new ReachedPage(page, batches, deliveries);
    }

    private static DeliveryDocument delivery(String run, String batch, Reached reached, Instant now) {
        return new DeliveryDocument(DeliveryId.of(run, reached.channel(), reached.address()), run, batch, reached.channel(),
                reached.address(), reached.customer(), Map.of(), reached.state(), 1, null, 0, null, null, reached.reason(),
                reached.at() == null ? now : reached.at(), null, null, null, null, null, null, null);
    }

    private static BatchDocument batch(String id, String run, Channel channel, List<DeliveryDocument> members, Instant now) {
        SentSpan sent = SentSpan.of(members.stream().filter(member -> member.state() == DeliveryState.SENT).map(DeliveryDocument::at));
        Counts counts = Counts.ofStates(members.stream().map(DeliveryDocument::state).toList());
        return new BatchDocument(id, run, channel, BatchState.DONE, 1, null, 0, null, members.stream().map(DeliveryDocument::id).toList(),
                counts.toWire(), 0, null, 0, now, sent.first(), sent.last(), null, null, null, null);
    }
}
