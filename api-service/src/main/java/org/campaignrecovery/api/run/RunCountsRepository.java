package org.campaignrecovery.api.run;

import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Projections.include;

import java.time.Instant;
import java.util.Collection;
import java.util.Date;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.ledger.batch.BatchDocument;
import org.campaignrecovery.ledger.evidence.PossiblyTwiceRepository;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.accounting.Counts;
import org.campaignrecovery.model.accounting.SentSpan;
import org.campaignrecovery.model.accounting.Skips;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.channel.Channel;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Uni;

/**
 * The accounts of runs: the batches' vectors and the pages' skips, summed. Each vector sums to the number of its batch's members, so that
 * the identity of promise P2 holds in every answer. Reads neither members nor rows, however large a run is.
 */
@ApplicationScoped
public class RunCountsRepository implements GuardedRepository<BatchDocument> {
    private final PossiblyTwiceRepository twice;

    RunCountsRepository(PossiblyTwiceRepository twice) {
        this.twice = twice;
    }

    /**
     * The sums of one run. A channel without any counts or skips is missing.
     *
     * @param spans when messages were accepted, of each channel's batches that were put down at least once
     * @param twice how often an attempt that was no longer the latest turned out to have been accepted; a channel without any is missing
     */
    public record Accounts(Map<Channel, Counts> counts, Map<Channel, Skips> skipped, Map<Channel, SentSpan> spans,
            Map<Channel, Long> twice) {
        static Accounts none() {
            return new Accounts(new EnumMap<>(Channel.class), new EnumMap<>(Channel.class), new EnumMap<>(Channel.class),
                    new EnumMap<>(Channel.class));
        }

        public SentSpan sent() {
            return spans.values().stream().reduce(SentSpan.NONE, SentSpan::plus);
        }
    }

    /** The accounts of {@code runs}, by run id; every one is there. */
    public Uni<Map<String, Accounts>> of(Collection<String> runs) {
        Map<String, Accounts> sums = new HashMap<>();
        runs.forEach(run -> sums.put(run, Accounts.none()));
        Uni<Void> counted = documents(BatchDocument.COLLECTION).find(in("run", runs),
                new FindOptions().projection(include("run", "channel", "counts", "firstSentAt", "lastSentAt")))
                .invoke(batch -> count(sums, batch)).collect().last()
                .replaceWithVoid();
        Uni<Void> skipped = documents(PageDocument.COLLECTION).find(in("run", runs),
                new FindOptions().projection(include("run", "skipped"))).invoke(page -> skip(sums, page)).collect().last()
                .replaceWithVoid();
        Uni<Void> doubled = twice.forEach(runs,
                (run, batch) -> sums.get(run).twice.merge(BatchId.parse(batch).channel(), 1L, Long::sum));
        return counted.chain(() -> skipped).chain(() -> doubled).replaceWith(sums);
    }

    private ReactiveMongoCollection<Document> documents(String collection) {
        return mongoDatabase().getCollection(collection);
    }

    private static void count(Map<String, Accounts> sums, Document batch) {
        Counts counts = Counts.fromWire(numbers(batch.get("counts", Document.class)));
        Channel channel = Wire.parse(Channel.class, batch.getString("channel"));
        Accounts run = sums.get(batch.getString("run"));
        run.counts.merge(channel, counts, Counts::plus);
        run.spans.merge(channel, new SentSpan(instant(batch, "firstSentAt"), instant(batch, "lastSentAt")), SentSpan::plus);
    }

    private static Instant instant(Document document, String field) {
        Date date = document.getDate(field);
        return date == null ? null : date.toInstant();
    }

    private static void skip(Map<String, Accounts> sums, Document page) {
        Document skipped = page.get("skipped", Document.class);
        if (skipped != null) {
            skipped.forEach((channel, skips) -> sums.get(page.getString("run")).skipped.merge(Wire.parse(Channel.class, channel),
                    skips(numbers((Document) skips)), Skips::plus));
        }
    }

    private static Skips skips(Map<String, Number> numbers) {
        return new Skips(number(numbers, "noAddress"), number(numbers, "invalidAddress"), number(numbers, "duplicateAddress"));
    }

    private static long number(Map<String, Number> numbers, String name) {
        return numbers.getOrDefault(name, 0).longValue();
    }

    private static Map<String, Number> numbers(Document document) {
        Map<String, Number> numbers = new HashMap<>();
        document.forEach((name, value) -> numbers.put(name, (Number) value));
        return numbers;
    }
}
