package org.campaignrecovery.worker.run;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;

import com.mongodb.client.model.Filters;

import io.smallrye.mutiny.Uni;

/** The runs. */
@ApplicationScoped
public class RunRepository implements GuardedRepository<RunDocument> {

    /** The runs that may need a worker. */
    public Uni<List<RunDocument>> active() {
        return mongoCollection().find(Filters.in("state", RunState.PLANNING.wire(), RunState.SENDING.wire())).collect().asList();
    }
}
