package org.campaignrecovery.api.audience;

import java.util.List;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.QueryParam;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.OrderFields;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

/** The customers, to choose one for a preview. */
@Path("/api/customers")
@RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
@Tag(name = "audiences")
public class CustomerResource {
    private static final int SHORTEST = 2;
    private static final int LONGEST = 200;
    private static final int MOST = 20;

    private final CustomerRepository customers;

    CustomerResource(CustomerRepository customers) {
        this.customers = customers;
    }

    /** A customer with the most recent value of each contact field; one without a value is missing. */
    @Schema(name = "Customer", requiredProperties = {"id"})
    public record CustomerView(String id, String name, String email, String phone) {
        static CustomerView of(Customer customer) {
            return new CustomerView(customer.id().text(), customer.fields().get(OrderFields.DEFAULT.name()), customer.email(),
                    customer.phone());
        }
    }

    /** What was found. */
    @Schema(name = "Customers", requiredProperties = {"items"})
    public record CustomersFound(List<CustomerView> items) {
    }

    @GET
    @Operation(operationId = "findCustomers", summary = "Up to 20 customers by their id or by a part of a name or e-mail address in any of their orders")
    public Uni<CustomersFound> find(@Parameter(description = "2 to 200 characters, or an id") @QueryParam("q") String q) {
        String text = q == null ? "" : q.strip();
        if (text.isEmpty() || text.length() > LONGEST || text.length() < SHORTEST && !Character.isDigit(text.charAt(0))) {
            throw ProblemType.BAD_REQUEST.problem("q must be a customer's id, or %d to %d characters of a name or e-mail address"
                    .formatted(SHORTEST, LONGEST));
        }
        return customers.search(text, MOST).map(found -> new CustomersFound(found.stream().map(CustomerView::of).toList()));
    }
}
