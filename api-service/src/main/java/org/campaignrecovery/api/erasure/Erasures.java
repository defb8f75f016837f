package org.campaignrecovery.api.erasure;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.CustomerRepository;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.erasure.ErasureDocument;
import org.campaignrecovery.ledger.erasure.ErasureRepository;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.erasure.ErasureRules;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;

/**
 * Orders to erase a customer: written down first, with an entry in the audit that does not say who it was, then carried out, by the request
 * and, as long as something is left, by {@link ErasureSweep}.
 */
@ApplicationScoped
class Erasures {
    private static final Logger LOG = Logger.getLogger(Erasures.class);

    private final ErasureRepository erasures;
    private final CustomerErasure customers;
    private final CustomerRepository orders;
    private final CampaignTransitions audit;
    private final LedgerClock clock;
    private final Duration patience;

    Erasures(ErasureRepository erasures, CustomerErasure customers, CustomerRepository orders, CampaignTransitions audit,
            LedgerClock clock, ErasureConfig config) {
        this.erasures = erasures;
        this.customers = customers;
        this.orders = orders;
        this.audit = audit;
        this.clock = clock;
        this.patience = config.patience();
    }

    Uni<ErasureReport> erase(CustomerId customer, String asGiven, String who) {
        Instant now = now();
        AuditDocument entry = AuditDocument.of(null, who, now, null, null, "a customer was erased");
        return erasures.ask(customer.text(), who, now).call(() -> audit.append(entry))
                .invoke(erasure -> LOG.infof("erasing a customer erasure=%s by=%s", erasure.id(), who))
                .chain(erasure -> carryOut(erasure, customer, asGiven).ifNoItem().after(patience)
                        .recoverWithItem(ErasureReport.underWay(erasure.at(), erasure.by()))
                        .chain(report -> inOrders(customer).map(there -> report.about(there))));
    }

    /** What an earlier request had to leave. */
    Uni<Boolean> goOn(ErasureDocument erasure) {
        CustomerId customer = new CustomerId(erasure.customer());
        return carryOut(erasure, customer, erasure.customer()).map(ErasureReport::finished);
    }

    private Uni<ErasureReport> carryOut(ErasureDocument erasure, CustomerId customer, String asGiven) {
        return customers.look(customer, asGiven).chain(tally -> (tally.nothingLeft()
                ? erasures.won(ErasureRules.finished(erasure.id(), erasure.at(), now()))
                : Uni.createFrom().item(false)).invoke(
                        finished -> LOG.infof(
                                "%s erasure=%s: %d deliveries anonymised, %d of them cancelled; %d are being sent, %d positions are needed",
                                finished ? "erased a customer" : "a customer is not erased yet, a sweep goes on", erasure.id(),
                                tally.deliveries(),
                                tally.cancelled(), tally.sending(), tally.positions()))
                .map(finished -> ErasureReport.of(finished, erasure.at(), erasure.by(), tally)));
    }

    private Uni<Boolean> inOrders(CustomerId customer) {
        return orders.withId(customer).map(found -> found.isPresent()).onFailure().recoverWithNull();
    }

    private Instant now() {
        return clock.now().truncatedTo(ChronoUnit.MILLIS);
    }
}
