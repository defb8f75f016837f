package org.campaignrecovery.ledger.audience;

import org.campaignrecovery.model.audience.HistoryFields;
import org.campaignrecovery.model.audience.OrderFields;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Where and how the orders are kept. */
@ConfigMapping(prefix = "campaign.orders")
public interface OrdersConfig {

    /** {@code SEGMENTATION_DB}. */
    @WithDefault("retail_db")
    String database();

    /** {@code ORDERS_COLLECTION}. */
    @WithDefault("orders")
    String collection();

    Fields field();

    default OrderFields fields() {
        return new OrderFields(field().customerId(), field().name(), field().email(), field().phone(), field().orderDate(),
                field().orderId());
    }

    default HistoryFields historyFields() {
        return new HistoryFields(field().country(), field().total(), field().cancelled());
    }

    /** Names of the fields of an order. */
    interface Fields {
        @WithDefault("customer_id")
        String customerId();

        @WithDefault("name")
        String name();

        @WithDefault("email")
        String email();

        @WithDefault("phone")
        String phone();

        @WithDefault("order_date")
        String orderDate();

        @WithDefault("order_id")
        String orderId();

        @WithDefault("country")
        String country();

        @WithDefault("total")
        String total();

        @WithDefault("cancelled")
        String cancelled();
    }
}
