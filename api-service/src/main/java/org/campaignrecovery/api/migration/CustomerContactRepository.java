package org.campaignrecovery.api.migration;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.bson.Document;
import org.campaignrecovery.model.audience.ContactFold;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.audience.OrderFields;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import com.mongodb.client.model.Filters;

import io.quarkus.mongodb.MongoClientName;
import io.quarkus.mongodb.reactive.ReactiveMongoClient;
import io.quarkus.mongodb.reactive.ReactiveMongoCollection;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** What the orders know of single customers. Only reads. */
@ApplicationScoped
class CustomerContactRepository {
    private static final OrderFields FIELDS = OrderFields.DEFAULT;
    private static final int AT_ONCE = 500;

    private final ReactiveMongoCollection<Document> orders;

    CustomerContactRepository(@MongoClientName("segmentation") ReactiveMongoClient client,
            @ConfigProperty(name = "quarkus.mongodb.segmentation.database") String database,
            @ConfigProperty(name = "campaign.orders.collection") String collection) {
        this.orders = client.getDatabase(database).getCollection(collection);
    }

    /** Those of {@code ids} that have orders, by id. */
    Uni<Map<String, Customer>> of(Collection<String> ids) {
        return ids.isEmpty()
                ? Uni.createFrom().item(Map.of())
                : Multi.createFrom().iterable(ids).group().intoLists().of(AT_ONCE).onItem().transformToMultiAndConcatenate(this::ordersOf)
                        .collect().in(HashMap<String, ContactFold>::new, CustomerContactRepository::fold)
                        .map(CustomerContactRepository::customers);
    }

    private Multi<Document> ordersOf(List<String> ids) {
        List<Object> stored = new ArrayList<>();
        ids.forEach(id -> stored.addAll(new CustomerId(id).storedAs()));
        return orders.find(Filters.in(FIELDS.customerId(), stored));
    }

    private static void fold(Map<String, ContactFold> folds, Document order) {
        CustomerId.of(order.get(FIELDS.customerId()))
                .ifPresent(id -> folds.computeIfAbsent(id.text(), text -> new ContactFold(FIELDS, Set.of())).add(order));
    }

    private static Map<String, Customer> customers(Map<String, ContactFold> folds) {
        Map<String, Customer> customers = new HashMap<>();
        folds.values().forEach(fold -> fold.customer().ifPresent(customer -> customers.put(customer.id().text(), customer)));
        return customers;
    }
}
