package org.campaignrecovery.api.audience;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.bson.conversions.Bson;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.audience.OrdersConfig;
import org.campaignrecovery.model.audience.ContactFold;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.audience.OrderFields;

import com.mongodb.MongoException;
import com.mongodb.client.model.Filters;
import com.mongodb.client.model.Projections;

import io.quarkus.mongodb.FindOptions;
import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the orders know of single customers. Only reads. */
@ApplicationScoped
public class CustomerRepository {
    private static final int AT_ONCE = 500;
    private static final int PATIENCE_SECONDS = 5;

    private final ReactiveMongoCollection<Document> orders;
    private final OrderFields fields;

    CustomerRepository(@MongoClientName("segmentation") ReactiveMongoClient client, OrdersConfig config) {
        this.orders = client.getDatabase(config.database()).getCollection(config.collection());
        this.fields = config.fields();
    }

    /** Those of {@code ids} that have orders, by id, with their contact fields. */
    public Uni<Map<String, Customer>> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : Multi.createFrom().iterable(ids).group().intoLists().of(AT_ONCE).onItem()
                        .transformToMultiAndConcatenate(some -> orders.find(ordersOf(some))).collect()
                        .in(HashMap<String, ContactFold>::new, this::fold).map(CustomerRepository::customers);
    }

    /** One customer with all fields; empty when there is no order of theirs. */
    public Uni<Optional<Customer>> withId(CustomerId id) {
        return orders.find(ordersOf(List.of(id.text()))).collect().in(() -> new ContactFold(fields), ContactFold::add)
                .map(ContactFold::customer).onFailure(MongoException.class).transform(CustomerRepository::unreadable);
    }

    /**
     * Customers whose id is {@code text} or whose name or e-mail address contains it, as somewhere an order has it; in no order that means
     * something.
     */
    public Uni<List<Customer>> search(String text, int atMost) {
        Pattern contained = Pattern.compile(Pattern.quote(text), Pattern.CASE_INSENSITIVE);
        List<Bson> ways = new ArrayList<>(List.of(Filters.regex(fields.name(), contained), Filters.regex(fields.email(), contained)));
        CustomerId.of(text).ifPresent(id -> ways.add(Filters.in(fields.customerId(), id.storedAs())));
        FindOptions patiently = new FindOptions().projection(Projections.include(fields.customerId())).maxTime(PATIENCE_SECONDS,
                TimeUnit.SECONDS);
        return orders.find(Filters.or(ways), patiently).map(order -> CustomerId.of(order.get(fields.customerId())))
                .filter(Optional::isPresent).map(id -> id.get().text()).select().distinct().select().first(atMost).collect().asList()
                .chain(ids -> of(ids).map(found -> ids.stream().map(found::get).toList())).onFailure(MongoException.class)
                .transform(CustomerRepository::unreadable);
    }

    private Bson ordersOf(List<String> ids) {
        List<Object> stored = new ArrayList<>();
        ids.forEach(id -> stored.addAll(new CustomerId(id).storedAs()));
        return Filters.in(fields.customerId(), stored);
    }

    private void fold(Map<String, ContactFold> folds, Document order) {
        CustomerId.of(order.get(fields.customerId()))
                .ifPresent(id -> folds.computeIfAbsent(id.text(), text -> new ContactFold(fields, Set.of())).add(order));
    }

    private static Map<String, Customer> customers(Map<String, ContactFold> folds) {
        Map<String, Customer> customers = new HashMap<>();
        folds.values().forEach(fold -> fold.customer().ifPresent(customer -> customers.put(customer.id().text(), customer)));
        return customers;
    }

    private static RuntimeException unreadable(Throwable failure) {
        return ProblemType.UNAVAILABLE.problem("the orders could not be read within %d s; please try again, or ask for a customer's id"
                .formatted(PATIENCE_SECONDS));
    }
}
