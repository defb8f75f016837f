package org.campaignrecovery.worker.sending.sms;

import java.time.Duration;

import com.twilio.exception.ApiException;

/** HTTP 429 (Twilio's error 20429): the request was never processed. */
class ThrottledException extends ApiException {
    private static final long serialVersionUID = 1L;
    private static final int TOO_MANY_REQUESTS = 429;

    private final Duration retryAfter;

    ThrottledException(Duration retryAfter) {
        super("the SMS provider answered HTTP 429: too many requests", TOO_MANY_REQUESTS);
        this.retryAfter = retryAfter;
    }

    /** What the provider asked for, zero for nothing. */
    Duration retryAfter() {
        return retryAfter;
    }
}
