package org.campaignrecovery.api.erasure;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.planning.PageDocument;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.ledger.testsend.TestSendRepository;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.planning.PageRules;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.campaignrecovery.model.testsend.TestSendRules;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/**
 * One look through the ledger for what it has of a customer: run by run, in each the page that can have planned them, then the members of
 * its batches. May be repeated by anybody at any time, and two at once do no harm.
 */
@ApplicationScoped
class CustomerErasure {
    /** A page whose rows somebody else erases between our look and our update is looked at again, so often. */
    private static final int LOOKS = 5;

    private final ErasedRunRepository runs;
    private final ErasedPageRepository pages;
    private final ErasedBatchRepository batches;
    private final ErasedDeliveryRepository deliveries;
    private final ErasedListRepository lists;
    private final TestSendRepository tests;
    private final Anonymising anonymising;
    private final LedgerClock clock;

    CustomerErasure(ErasedRunRepository runs, ErasedPageRepository pages, ErasedBatchRepository batches,
            ErasedDeliveryRepository deliveries, ErasedListRepository lists, TestSendRepository tests, Anonymising anonymising,
            LedgerClock clock) {
        this.runs = runs;
        this.pages = pages;
        this.batches = batches;
        this.deliveries = deliveries;
        this.lists = lists;
        this.tests = tests;
        this.anonymising = anonymising;
        this.clock = clock;
    }

    /**
     * The lists of customers come last: where a customer stood on one says on which page they are.
     *
     * @param asGiven the id as it was asked for, as orders may have it with white space around it
     */
    Uni<Tally> look(CustomerId customer, String asGiven) {
        return runs.withPersonalData().chain(found -> sum(found, run -> ofRun(run, customer, asGiven)))
                .chain(tally -> tally.nothingLeft()
                        ? lists.erase(customer.text()).map(n -> tally.plus(Tally.ofLists(n)))
                        : Uni.createFrom().item(tally));
    }

    private Uni<Tally> ofRun(RunDocument run, CustomerId customer, String asGiven) {
        return pages.of(run, customer, asGiven)
                .chain(found -> sum(found.pages(), page -> ofPage(run, page, customer.text()))
                        .chain(tally -> positions(run, found).map(tally::plus)));
    }

    private Uni<Tally> ofPage(RunDocument run, PageDocument page, String customer) {
        if (page.state() != PageState.PLANNING) {
            return sum(page.batches(), batch -> ofBatch(batch, customer));
        }
        List<String> planned = run.frozen.channels().stream().map(channel -> new BatchId(run.id, page.n(), channel).toString()).toList();
        return ofRows(run.id, page.id(), customer, LOOKS).chain(rows -> sum(planned, batch -> ofBatch(batch, customer)).map(rows::plus));
    }

    private Uni<Tally> ofBatch(String batch, String customer) {
        return batches.members(batch).chain(members -> members.isEmpty()
                ? Uni.createFrom().item(List.<Trace>of())
                : deliveries.of(customer, members)).chain(traces -> ofTraces(customer, traces));
    }

    /** A row is erased before its deliveries: who plans the page from then on plans none that say whom they are for. */
    private Uni<Tally> ofRows(String run, String id, String customer, int looks) {
        return pages.byId(id).chain(page -> {
            List<PageDocument.Row> theirs = page.rows() == null
                    ? List.of()
                    : page.rows().stream().filter(row -> customer.equals(row.customer())).toList();
            if (theirs.isEmpty() || looks == 0) {
                return Uni.createFrom().item(Tally.NONE);
            }
            List<PageDocument.Row> rows = page.rows().stream().map(row -> theirs.contains(row) ? row.erase(run) : row).toList();
            Set<String> ids = theirs.stream().flatMap(row -> row.deliveries(run).values().stream())
                    .collect(Collectors.toCollection(LinkedHashSet::new));
            return pages.won(PageRules.eraseRows(id, page.erasures(), rows)).chain(won -> won
                    ? deliveries.of(customer, ids).chain(traces -> ofTraces(customer, traces)).map(Tally.ofRows(theirs.size())::plus)
                    : ofRows(run, id, customer, looks - 1));
        });
    }

    private Uni<Tally> ofTraces(String customer, List<Trace> traces) {
        Map<String, List<Trace>> byBatch = traces.stream().collect(Collectors.groupingBy(Trace::batch));
        Set<String> addresses = traces.stream().map(Trace::address).collect(Collectors.toSet());
        return sum(addresses, this::testMessages)
                .chain(tests -> sum(byBatch.entrySet(), batch -> anonymising.anonymise(customer, batch.getKey(), batch.getValue()))
                        .map(tests::plus));
    }

    private Uni<Tally> testMessages(String address) {
        return tests.modified(TestSendRules.refusedAnonymised(address, clock.now()))
                .chain(refused -> tests.modified(TestSendRules.anonymise(address)).map(ended -> Tally.ofTestMessages(refused + ended)));
    }

    /** A planner goes on behind the position at which a page ends, which is a customer's id; it is not needed once the run is planned. */
    private Uni<Tally> positions(RunDocument run, ErasedPageRepository.Found found) {
        if (run.state == RunState.PLANNING || run.state == RunState.FAILED && run.anonymised == null) {
            return Uni.createFrom().item(Tally.ofPositionsLeft(found.ending().size()));
        }
        return sum(found.beginning(), page -> pages.won(PageRules.forgetPosition(page, "from")).replaceWith(Tally.NONE))
                .chain(() -> sum(found.ending(), page -> pages.won(PageRules.forgetPosition(page, "to")).replaceWith(Tally.NONE)));
    }

    private static <T> Uni<Tally> sum(Iterable<T> items, Function<T, Uni<Tally>> look) {
        return Multi.createFrom().iterable(items).onItem().transformToUniAndConcatenate(item -> look.apply(item)).collect()
                .in(() -> new Tally[]{Tally.NONE}, (sum, tally) -> sum[0] = sum[0].plus(tally)).map(sum -> sum[0]);
    }
}
