package org.campaignrecovery.worker.sending;

import java.time.Duration;

import org.campaignrecovery.model.delivery.Outcome;

/**
 * What an attempt at a provider came to: for the message, and for what is known of the provider.
 *
 * @param outcome null when nothing was handed over: the try does not count
 * @param trouble why the provider did not do its work, whatever the message was; null when it did
 * @param pause what it asked for, zero for nothing
 * @param tooMuch whether it said that we send too much
 */
public record ProviderAnswer(Outcome outcome, String trouble, Duration pause, boolean tooMuch) {

    /** The provider works, whatever it made of the message. */
    public static ProviderAnswer heard(Outcome outcome) {
        return new ProviderAnswer(outcome, null, Duration.ZERO, false);
    }

    /** The provider is in trouble, and the message was on its way. */
    public static ProviderAnswer troubled(Outcome outcome, String trouble) {
        return new ProviderAnswer(outcome, trouble, Duration.ZERO, false);
    }

    /** The provider was not reached, or did not let us in: no message was begun. */
    public static ProviderAnswer unreached(String trouble) {
        return new ProviderAnswer(null, trouble, Duration.ZERO, false);
    }

    /** The provider has had too much and did not take the message. */
    public static ProviderAnswer tooMuch(Outcome outcome, String trouble, Duration pause) {
        return new ProviderAnswer(outcome, trouble, pause, true);
    }
}
