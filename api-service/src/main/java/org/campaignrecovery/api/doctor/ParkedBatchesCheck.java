package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.batch.ParkedBatchRepository;
import org.campaignrecovery.api.batch.ParkedBatchRepository.Parked;

import io.smallrye.mutiny.Uni;

/** Batches that were put aside because every owner died over them. */
@ApplicationScoped
class ParkedBatchesCheck implements DoctorCheck {
    private static final int NAMED = 5;

    private final ParkedBatchRepository batches;

    ParkedBatchesCheck(ParkedBatchRepository batches) {
        this.batches = batches;
    }

    @Override
    public Subject subject() {
        return Subject.PARKED_BATCHES;
    }

    @Override
    public Uni<Finding> look() {
        return batches.parked(NAMED + 1).map(ParkedBatchesCheck::judge);
    }

    private static Finding judge(List<Parked> parked) {
        return parked.isEmpty()
                ? Finding.ok("no batch is parked")
                : Finding.failure(
                        "parked, and their runs cannot complete: " + parked.stream().limit(NAMED)
                                .map(batch -> "batch %s of run %s".formatted(batch.id(), batch.run())).collect(Collectors.joining(", "))
                                + (parked.size() > NAMED ? " and others" : ""),
                        "Find in the workers' logs what killed the owners of the batch, mend it, then POST /api/batches/{id}/release.");
    }
}
