package org.campaignrecovery.api.continuity;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Actor;
import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.control.Reason;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.audit.AuditDocument;
import org.campaignrecovery.ledger.campaign.CampaignTransitions;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.generation.GenerationDocument.Hold;
import org.campaignrecovery.ledger.generation.GenerationRepository;
import org.campaignrecovery.model.generation.GenerationRules;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.logging.Logger;

import io.quarkus.security.Authenticated;
import io.quarkus.security.identity.SecurityIdentity;
import io.smallrye.mutiny.Uni;

/**
 * Whether the ledger is held because it went backwards, and the operator's word that work may go on. The hold itself says who confirmed it,
 * when and why, whatever becomes of the entry in the audit.
 */
@Path("/api/ledger")
@Tag(name = "recovery")
public class LedgerResource {
    private static final Logger LOG = Logger.getLogger(LedgerResource.class);
    /** What the audit calls the ledger, which is no campaign. */
    private static final String SUBJECT = "ledger";

    private final GenerationRepository generations;
    private final CampaignTransitions audit;
    private final LedgerClock clock;
    private final SecurityIdentity identity;

    LedgerResource(GenerationRepository generations, CampaignTransitions audit, LedgerClock clock, SecurityIdentity identity) {
        this.generations = generations;
        this.audit = audit;
        this.clock = clock;
        this.identity = identity;
    }

    @GET
    @Authenticated
    @Operation(operationId = "getLedger", summary = "Where the ledger stands, and whether it is held because it went backwards")
    public Uni<LedgerView> get() {
        return generations.current().map(LedgerView::of);
    }

    @POST
    @Path("/confirm")
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME})
    @Operation(operationId = "confirmLedger", summary = "Let work go on with a ledger that was restored from a backup", description = "What was unfinished when the backup was made stays in doubt until an operator decides about it.")
    @APIResponse(responseCode = "200", description = "Work goes on")
    @APIResponse(responseCode = "409", description = "The ledger is not held, or what is in doubt is still being marked")
    public Uni<LedgerView> confirm(Reason body) {
        String why = Reason.of(body);
        String who = Actor.of(identity).name();
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return generations.current().chain(document -> {
            Hold hold = held(document);
            return generations.won(GenerationRules.confirm(hold.generation(), who, why, now)).call(won -> won
                    ? audit.append(new AuditDocument(UUID.randomUUID().toString(), SUBJECT, who, now, null, null, sentence(hold, why)))
                    : Uni.createFrom().voidItem());
        }).chain(won -> {
            if (!won) {
                throw ProblemType.CONFLICT.problem("somebody else has confirmed it, or it has changed; look at it again");
            }
            LOG.warnf("confirmed the ledger who=%s why=%s: work goes on, what is in doubt is left to operators", who, why);
            return generations.current().map(LedgerView::of);
        });
    }

    private static Hold held(GenerationDocument document) {
        if (document == null || !document.held()) {
            throw ProblemType.CONFLICT.problem("the ledger is not held: there is nothing to confirm");
        }
        if (!Boolean.TRUE.equals(document.hold().moved())) {
            throw ProblemType.CONFLICT.problem("what is unfinished is still being put in doubt; please try again in a few seconds");
        }
        return document.hold();
    }

    private static String sentence(Hold hold, String why) {
        String what = "confirmed the hold of generation %d: %s".formatted(hold.generation(), hold.reason());
        return why == null ? what : what + ": " + why;
    }
}
