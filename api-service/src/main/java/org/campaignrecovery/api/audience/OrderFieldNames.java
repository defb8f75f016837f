package org.campaignrecovery.api.audience;

import static com.mongodb.client.model.Filters.exists;
import static com.mongodb.client.model.Projections.include;

import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.audience.OrdersConfig;
import org.campaignrecovery.model.audience.OrderFields;
import org.campaignrecovery.model.consent.UnsubscribeFooter;
import org.jboss.logging.Logger;

import com.mongodb.MongoException;
import com.mongodb.MongoExecutionTimeoutException;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Which fields the customers' orders have, as far as templates ask. Only reads. */
@ApplicationScoped
public class OrderFieldNames {
    private static final Logger LOG = Logger.getLogger(OrderFieldNames.class);
    private static final Set<String> ALWAYS = Set.of(OrderFields.DEFAULT.customerId(), OrderFields.DEFAULT.name(),
            OrderFields.DEFAULT.email(), OrderFields.DEFAULT.phone(), UnsubscribeFooter.FIELD);
    private static final int SAMPLE = 1_000;
    private static final int PATIENCE_SECONDS = 5;

    private final ReactiveMongoCollection<Document> orders;

    OrderFieldNames(@MongoClientName("segmentation") ReactiveMongoClient client, OrdersConfig config) {
        this.orders = client.getDatabase(config.database()).getCollection(config.collection());
    }

    /**
     * Those of {@code names} that no customer has. A name that cannot be looked for in time counts as known: its messages would fail one
     * by one, visibly, which is better than a campaign that cannot be written.
     */
    public Uni<Set<String>> unknown(Collection<String> names) {
        Set<String> asked = names.stream().filter(name -> !ALWAYS.contains(name)).collect(Collectors.toSet());
        return asked.isEmpty()
                ? Uni.createFrom().item(Set.of())
                : notInSample(asked).chain(this::nowhere).onFailure(MongoException.class).transform(failure -> {
                    LOG.warnf("the orders (MONGO_URI, SEGMENTATION_DB) cannot be read: %s", failure.getClass().getSimpleName());
                    return ProblemType.UNAVAILABLE.problem("the template uses %s, and the orders cannot be looked at for such fields at the"
                            .formatted(asked.stream().sorted().collect(Collectors.joining(", "))) + " moment; please try again");
                });
    }

    private Uni<Set<String>> notInSample(Set<String> asked) {
        return orders.find(new FindOptions().limit(SAMPLE).projection(include(asked.stream().toList())).maxTime(PATIENCE_SECONDS,
                TimeUnit.SECONDS)).collect().in(() -> new HashSet<>(asked), (left, order) -> left.removeAll(order.keySet()))
                .map(left -> left);
    }

    private Uni<Set<String>> nowhere(Set<String> names) {
        return Multi.createFrom().iterable(names).onItem().transformToUniAndConcatenate(name -> isSomewhere(name)
                .map(found -> found ? "" : name)).filter(name -> !name.isEmpty()).collect().asList().map(Set::copyOf);
    }

    private Uni<Boolean> isSomewhere(String name) {
        return orders.find(exists(name), new FindOptions().limit(1).projection(include("_id")).maxTime(PATIENCE_SECONDS, TimeUnit.SECONDS))
                .collect().first().map(order -> order != null).onFailure(MongoExecutionTimeoutException.class).recoverWithItem(true);
    }
}
