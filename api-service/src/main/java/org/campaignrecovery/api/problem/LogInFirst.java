package org.campaignrecovery.api.problem;

/** The one sentence for everybody who is not logged in: whether a cookie was missing, old or forged is nobody's business. */
final class LogInFirst {
    static final String SENTENCE = "log in first: POST /api/auth/login with username and password, then send the session cookie";

    private LogInFirst() {
    }
}
