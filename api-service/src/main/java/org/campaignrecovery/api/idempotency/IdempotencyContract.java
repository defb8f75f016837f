package org.campaignrecovery.api.idempotency;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Says in the contract which operations take an Idempotency-Key: every POST of somebody who is logged in. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class IdempotencyContract implements OASFilter {
    private static final String SESSIONS = "/api/auth/";
    private static final String WEBHOOKS = "/api/webhooks/";
    private static final String API = "/api/";
    private static final int LONGEST = 255;

    @Override
    public void filterOpenAPI(OpenAPI contract) {
        contract.getPaths().getPathItems().forEach((path, item) -> {
            if (item.getPOST() != null && path.startsWith(API) && !path.startsWith(SESSIONS) && !path.startsWith(WEBHOOKS)) {
                takeKey(item.getPOST());
            }
        });
    }

    /** The contract is filtered more than once. */
    private static void takeKey(Operation operation) {
        if (operation.getParameters() != null
                && operation.getParameters().stream().anyMatch(known -> IdempotencyFilter.KEY.equals(known.getName()))) {
            return;
        }
        operation.addParameter(OASFactory.createParameter().name(IdempotencyFilter.KEY).in(Parameter.In.HEADER)
                .description(
                        "A key of the client's own for this request, a UUID for instance: who repeats it within a day gets the same answer, "
                                + "and 422 with another body")
                .schema(OASFactory.createSchema().addType(SchemaType.STRING).minLength(1).maxLength(LONGEST)));
    }
}
