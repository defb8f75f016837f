package org.campaignrecovery.api.doctor;

import java.util.ArrayList;
import java.util.List;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.OrdersRepository;

import io.smallrye.mutiny.Uni;

/** Whether there are orders, and whether they can be found by customer. */
@ApplicationScoped
class OrdersDatabaseCheck implements DoctorCheck {
    private final OrdersRepository orders;

    OrdersDatabaseCheck(OrdersRepository orders) {
        this.orders = orders;
    }

    @Override
    public Subject subject() {
        return Subject.ORDERS_DATABASE;
    }

    @Override
    public Uni<Finding> look() {
        return Uni.combine().all().unis(orders.any(), orders.isIndexed()).with(this::judge);
    }

    private Finding judge(boolean any, boolean indexed) {
        List<Finding> findings = new ArrayList<>();
        if (!any) {
            findings.add(Finding.failure("there is no order in " + orders.namespace(),
                    "Check SEGMENTATION_DB and ORDERS_COLLECTION, or load orders: make import FILE=orders.ndjson.gz."));
        }
        if (!indexed) {
            findings.add(Finding.warning("%s has no index on %s: every page of a campaign reads the whole collection"
                    .formatted(orders.namespace(), orders.customerField()),
                    "Create it: db.getSiblingDB(\"%s\").getCollection(\"%s\").createIndex({\"%s\": 1})".formatted(orders.database(),
                            orders.collection(), orders.customerField())));
        }
        return findings.isEmpty()
                ? Finding.ok("there are orders in %s, indexed by %s".formatted(orders.namespace(), orders.customerField()))
                : Finding.of(findings);
    }
}
