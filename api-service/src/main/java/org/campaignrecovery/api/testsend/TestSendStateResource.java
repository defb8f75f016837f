package org.campaignrecovery.api.testsend;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.ProblemType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import io.smallrye.mutiny.Uni;

/** Test messages that were asked for. */
@Path("/api/test-sends/{id}")
@RolesAllowed({Role.MARKETER_NAME, Role.MARKETING_MANAGER_NAME, Role.ADMIN_NAME})
@Tag(name = "campaigns")
public class TestSendStateResource {
    private final TestSends tests;

    TestSendStateResource(TestSends tests) {
        this.tests = tests;
    }

    @GET
    @Operation(operationId = "getTestSend", summary = "What became of a test message of the last days")
    public Uni<TestSendView> get(@RestPath String id) {
        return tests.withId(id).map(test -> {
            if (test == null) {
                throw ProblemType.NOT_FOUND.problem("there is no test message with this id, or not any more");
            }
            return TestSendView.of(test);
        });
    }
}
