package org.campaignrecovery.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.orders.OrderImport;
import org.campaignrecovery.local.orders.OrdersCollection;
import org.campaignrecovery.local.orders.SampleOrders;

/** Whom the demo writes to: the customers of a file, or made-up ones. */
final class DemoAudience {
    private static final int SAMPLE_CUSTOMERS = 2_000;
    private static final long SEED = 20_261_101;

    private final Optional<Path> file;
    private final AudienceEstimate estimate = new AudienceEstimate();
    private final SampleOrders sample = new SampleOrders(SEED, SAMPLE_CUSTOMERS);

    DemoAudience(Optional<Path> file) {
        this.file = file;
    }

    /** Loads the orders. @param environment says where to */
    OrderImport.Totals load(Map<String, String> environment) throws IOException {
        try (OrdersCollection orders = OrdersCollection.open(environment)) {
            OrderImport importer = new OrderImport(orders.collection(),
                    complaint -> System.err.println(file.orElseThrow() + ": " + complaint))
                    .observedBy(estimate::add);
            return file.isPresent() ? importer.load(file.get()) : importer.load(sample.iterator());
        }
    }

    /** About how many messages there will be, once the orders are loaded. */
    int messages() {
        return estimate.messages();
    }

    /** What the ledger must plan, where the audience is made up: a sentence when {@code email} or {@code sms} differ from it. */
    Optional<String> complaint(int email, int sms) {
        if (file.isPresent() || email == sample.email().planned() && sms == sample.sms().planned()) {
            return Optional.empty();
        }
        return Optional.of("The made-up customers have " + sample.email().planned() + " e-mail addresses and " + sample.sms().planned()
                + " phone numbers, but " + email + " and " + sms + " were planned");
    }

    @Override
    public String toString() {
        return file.map(path -> "the customers of " + path.getFileName()).orElse(SAMPLE_CUSTOMERS + " made-up customers");
    }
}
