package org.campaignrecovery.api.erasure;

import java.time.Instant;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * What became of the order to erase a customer.
 *
 * @param finished nothing of the customer is left in the ledger; otherwise the apis go on by themselves
 * @param inOrders true: the orders still have the customer, so that later runs reach them again; missing when the orders could not be read
 * @param anonymised what this request has changed; missing when it was still at work
 * @param left what had to be left for now; missing when the request was still at work
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "ErasureReport")
public record ErasureReport(boolean finished, Instant at, String by, Boolean inOrders, Anonymised anonymised, Left left) {

    /**
     * Counts.
     *
     * @param deliveries lost their personal data, those that were cancelled among them
     * @param cancelled had not been sent and are not sent any more
     * @param rows of pages that are being planned
     * @param testMessages to addresses that the customer's deliveries had
     * @param lists parts of stored lists of customers in which a place was given to nobody
     */
    @Schema(name = "Anonymised")
    public record Anonymised(long deliveries, long cancelled, long rows, long testMessages, long lists) {
    }

    /**
     * Counts.
     *
     * @param sending deliveries that are handed to a provider just now, or are about to be: until they have ended
     * @param positions pages of a run that is being planned, or may be, behind which it goes on
     */
    @Schema(name = "LeftOfErasure")
    public record Left(long sending, long positions) {
    }

    static ErasureReport of(boolean finished, Instant at, String by, Tally tally) {
        return new ErasureReport(finished, at, by, null,
                new Anonymised(tally.deliveries(), tally.cancelled(), tally.rows(), tally.testMessages(), tally.lists()),
                new Left(tally.sending(), tally.positions()));
    }

    static ErasureReport underWay(Instant at, String by) {
        return new ErasureReport(false, at, by, null, null, null);
    }

    ErasureReport about(Boolean stillInOrders) {
        return new ErasureReport(finished, at, by, stillInOrders, anonymised, left);
    }
}
