package org.campaignrecovery.ledger.testsend;

import static com.mongodb.client.model.Filters.and;
import static com.mongodb.client.model.Filters.eq;
import static com.mongodb.client.model.Filters.gte;
import static com.mongodb.client.model.Filters.in;
import static com.mongodb.client.model.Filters.lt;

import java.time.Instant;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.guard.GuardedRepository;
import org.campaignrecovery.model.testsend.TestSendState;

import com.mongodb.client.model.Sorts;

import io.quarkus.mongodb.FindOptions;
import io.smallrye.mutiny.Uni;

/** The test messages, asked for by apis and sent by workers. */
@ApplicationScoped
public class TestSendRepository implements GuardedRepository<TestSendDocument> {

    public Uni<Void> insert(TestSendDocument test) {
        return mongoCollection().insertOne(test).replaceWithVoid();
    }

    /** Whether there is one that has not come to its end. */
    public Uni<Boolean> anyOpen() {
        return mongoCollection().find(in("state", TestSendState.REQUESTED.wire(), TestSendState.SENDING.wire()), new FindOptions().limit(1))
                .collect().asList().map(found -> !found.isEmpty());
    }

    /** Those that nobody has claimed, the oldest first. */
    public Uni<List<TestSendDocument>> waiting(int atMost) {
        return mongoCollection().find(eq("state", TestSendState.REQUESTED.wire()), new FindOptions().sort(Sorts.ascending("requestedAt"))
                .limit(atMost)).collect().asList();
    }

    /** How many a user has asked for since then. */
    public Uni<Long> askedFor(String user, Instant since) {
        return mongoCollection().countDocuments(and(eq("requestedBy", user), gte("requestedAt", since)));
    }

    /** Not left to the database: not every one can. */
    public Uni<Void> forgetOlderThan(Instant oldest) {
        return mongoCollection().deleteMany(lt("requestedAt", oldest)).replaceWithVoid();
    }
}
