package org.campaignrecovery.api.audit;

import java.time.DateTimeException;
import java.time.Instant;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.audit.AuditDocument;

/** A place in a campaign's audit: entries are in the order of their time, then their id. */
record AuditPosition(Instant at, String id) {
    private static final char SEPARATOR = '/';

    static String of(AuditDocument entry) {
        return entry.at().toString() + SEPARATOR + entry.id();
    }

    /** @param text what {@link #of} made, or null */
    static AuditPosition parse(String text) {
        if (text == null) {
            return null;
        }
        int end = text.indexOf(SEPARATOR);
        try {
            return new AuditPosition(Instant.parse(text.substring(0, Math.max(end, 0))), text.substring(end + 1));
        } catch (DateTimeException e) {
            throw ProblemType.BAD_REQUEST.problem("cursor must be the value of next of an earlier answer");
        }
    }
}
