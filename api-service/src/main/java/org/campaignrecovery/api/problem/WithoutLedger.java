package org.campaignrecovery.api.problem;

/** What is answered also while the ledger does not answer. */
public final class WithoutLedger {
    public static final String DOCTOR = "/api/doctor";

    private WithoutLedger() {
    }

    /** @param path of a request, as a client has written it */
    public static boolean answers(String path) {
        return path.equals(DOCTOR) || path.equals(DOCTOR + "/");
    }
}
