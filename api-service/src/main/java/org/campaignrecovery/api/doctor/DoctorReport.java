package org.campaignrecovery.api.doctor;

import java.time.Instant;
import java.util.Comparator;
import java.util.List;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

/**
 * How the system is.
 *
 * @param status of the worst check
 * @param checkedAt on this machine's clock
 */
@Schema(name = "DoctorReport", requiredProperties = {"status", "checkedAt", "checks"})
public record DoctorReport(@Schema(enumeration = {
        "ok", "warning", "failure"}) String status, Instant checkedAt, List<Check> checks){

    /**
     * How one part of it is.
     *
     * @param finding what is so
     * @param recommendation what to do about it; missing when all is well
     */
    @Schema(name = "DoctorCheck", requiredProperties = {"name", "status", "finding"})
    public record Check(String name, @Schema(enumeration = {
            "ok", "warning", "failure"}) String status, String finding,
            String recommendation){

        static Check of(Subject subject, Finding finding) {
            return new Check(subject.wire(), finding.status().wire(), finding.sentence(), finding.recommendation());
        }
    }

    /** A finding and what it is about. */
    record Found(Subject subject, Finding finding) {
    }

    static DoctorReport of(Instant checkedAt, List<Found> found) {
        CheckStatus worst = found.stream().map(one -> one.finding().status()).max(Comparator.naturalOrder()).orElse(CheckStatus.OK);
        return new DoctorReport(worst.wire(), checkedAt, found.stream().sorted(Comparator.comparing(Found::subject))
                .map(one -> Check.of(one.subject(), one.finding())).toList());
    }
}
