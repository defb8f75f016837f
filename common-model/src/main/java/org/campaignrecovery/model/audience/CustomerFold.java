package org.campaignrecovery.model.audience;

import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Folds the orders of one customer, in whichever order they are read, to the customer, if they are meant. Not thread-safe. */
public final class CustomerFold {
    private static final CustomerFilter ANY = new CustomerFilter(null, null, null, null, null, null, null);

    private final ContactFold contact;
    private final HistoryFold history;
    private final CustomerFilter filter;

    /**
     * @param wanted the fields to keep beside the contact fields, as for {@link ContactFold}
     * @param filter who is meant; null for anybody
     */
    public CustomerFold(OrderFields fields, HistoryFields historyFields, Set<String> wanted, CustomerFilter filter) {
        this.contact = new ContactFold(fields, wanted);
        this.history = new HistoryFold(fields, historyFields);
        this.filter = filter == null ? ANY : filter;
    }

    /** @param order a document's fields, as for {@link ContactFold#add} */
    public void add(Map<String, ?> order) {
        contact.add(order);
        if (filter != ANY) {
            history.add(order);
        }
    }

    /** The customer; empty when no order names one or they are not meant. */
    public Optional<Customer> customer() {
        return filter == ANY || filter.accepts(history.history()) ? contact.customer() : Optional.empty();
    }
}
