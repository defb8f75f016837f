package org.campaignrecovery.worker.run;

import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.conversions.Bson;
import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.run.RunState;

import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The runs. */
@ApplicationScoped
public class RunRepository implements GuardedRepository<RunDocument> {
    private static final Bson WITHOUT_CONTENT = Projections.exclude("frozen.email", "frozen.sms", "frozen.audience", "order");

    /** The runs that may need a worker, without what they send and to whom: all of them are read every second. */
    public Uni<List<RunDocument>> active() {
        return mongoCollection()
                .find(Filters.in("state", RunState.PLANNING.wire(), RunState.SENDING.wire()), new FindOptions().projection(WITHOUT_CONTENT))
                .collect().asList();
    }
}
