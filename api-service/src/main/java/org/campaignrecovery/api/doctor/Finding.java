package org.campaignrecovery.api.doctor;

import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a check has found.
 *
 * @param sentence what is so
 * @param recommendation what to do about it, one sentence; null when all is well
 */
record Finding(CheckStatus status, String sentence, String recommendation) {

    static Finding ok(String sentence) {
        return new Finding(CheckStatus.OK, sentence, null);
    }

    static Finding warning(String sentence, String recommendation) {
        return new Finding(CheckStatus.WARNING, sentence, recommendation);
    }

    static Finding failure(String sentence, String recommendation) {
        return new Finding(CheckStatus.FAILURE, sentence, recommendation);
    }

    /** Several findings of one check: as bad as the worst, whose recommendation it is; the worst are told first. Never empty. */
    static Finding of(List<Finding> findings) {
        List<Finding> worstFirst = findings.stream().sorted(Comparator.comparing(Finding::status).reversed()).toList();
        Finding worst = worstFirst.get(0);
        return new Finding(worst.status, worstFirst.stream().map(Finding::sentence).collect(Collectors.joining("; ")),
                worst.recommendation);
    }
}
