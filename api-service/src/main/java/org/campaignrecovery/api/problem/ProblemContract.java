package org.campaignrecovery.api.problem;

import java.util.List;
import java.util.Map;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;

import io.quarkus.smallrye.openapi.OpenApiFilter;

/** Says in the contract that everything that goes wrong is a problem, but for what is a page for people. */
@OpenApiFilter(stages = OpenApiFilter.RunStage.BUILD)
public class ProblemContract implements OASFilter {
    private static final String PROBLEM = "HttpProblem";

    @Override
    public Operation filterOperation(Operation operation) {
        Map<String, APIResponse> responses = operation.getResponses().getAPIResponses();
        responses.forEach((status, response) -> {
            if ((status.startsWith("4") || status.startsWith("5")) && !isPage(response)) {
                response.setContent(content());
            }
        });
        operation.getResponses().addAPIResponse("default",
                OASFactory.createAPIResponse().description("Something went wrong; type and detail say what").content(content()));
        return operation;
    }

    /** Types of ours are references, as RFC 9457 allows: relative to wherever the api is. */
    @Override
    public void filterOpenAPI(OpenAPI contract) {
        Schema problem = contract.getComponents().getSchemas().get(PROBLEM);
        problem.required(List.of("type", "title", "status"));
        Map<String, Schema> parts = problem.getProperties();
        parts.get("type").format("uri-reference");
        parts.get("instance").format("uri-reference");
    }

    private static boolean isPage(APIResponse response) {
        return response.getContent() != null && response.getContent().hasMediaType("text/html");
    }

    private static Content content() {
        return OASFactory.createContent().addMediaType("application/problem+json",
                OASFactory.createMediaType().schema(OASFactory.createSchema().ref("#/components/schemas/" + PROBLEM)));
    }
}
