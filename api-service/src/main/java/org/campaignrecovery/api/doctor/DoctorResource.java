package org.campaignrecovery.api.doctor;

import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;

import org.campaignrecovery.api.access.Role;
import org.campaignrecovery.api.problem.WithoutLedger;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;

import io.smallrye.mutiny.Uni;

/** How the system is, also while its databases are away. */
@Path(WithoutLedger.DOCTOR)
@Tag(name = "doctor")
public class DoctorResource {
    private final Doctor doctor;

    DoctorResource(Doctor doctor) {
        this.doctor = doctor;
    }

    @GET
    @RolesAllowed({Role.OPERATOR_NAME, Role.ADMIN_NAME, Role.MARKETING_MANAGER_NAME})
    @Operation(operationId = "examine", summary = "What works, what does not, and what to do about it")
    @APIResponse(responseCode = "200", description = "The report, whatever it says; its status is that of the worst check")
    public Uni<DoctorReport> examine() {
        return doctor.examine();
    }
}
