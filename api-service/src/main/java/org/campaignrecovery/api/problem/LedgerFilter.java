package org.campaignrecovery.api.problem;

import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;

import org.campaignrecovery.ledger.startup.LedgerGate;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** As long as the ledger is not open every request but those {@link WithoutLedger} is answered at once with the reason. */
public class LedgerFilter {
    private final LedgerGate gate;

    LedgerFilter(LedgerGate gate) {
        this.gate = gate;
    }

    @ServerRequestFilter(preMatching = true)
    public void refuseWithoutLedger(ContainerRequestContext request) {
        String obstacle = gate.obstacle();
        if (obstacle != null && !WithoutLedger.answers(request.getUriInfo().getRequestUri().getPath())) {
            throw ProblemType.UNAVAILABLE.builder(obstacle + "; please try again in a few seconds")
                    .withHeader(HttpHeaders.RETRY_AFTER, "5").build();
        }
    }
}
