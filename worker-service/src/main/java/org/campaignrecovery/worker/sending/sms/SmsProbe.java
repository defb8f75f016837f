package org.campaignrecovery.worker.sending.sms;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.presence.Probe;
import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.worker.sending.SendingConfig;

import com.twilio.exception.ApiException;
import com.twilio.exception.TwilioException;
import com.twilio.http.TwilioRestClient;
import com.twilio.rest.api.v2010.Account;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;

/** Asks the SMS provider about our own account, over a connection beside those that send. */
@ApplicationScoped
class SmsProbe implements Probe {
    private static final int UNAUTHORIZED = 401;

    private final SmsConfig twilio;
    private final TwilioRestClient client;

    SmsProbe(SmsConfig twilio, SendingConfig sending) {
        this.twilio = twilio;
        this.client = new TwilioRestClient.Builder(twilio.accountSid().orElse("off"), twilio.authToken().orElse("off"))
                .httpClient(new SingleShotHttpClient(1, sending.providerTimeout().minusSeconds(1), twilio.apiBase().orElse(null))).build();
    }

    @Override
    public String part() {
        return SMS;
    }

    @Override
    public Uni<Reach> look() {
        return isOn()
                ? Uni.createFrom().item(() -> of(Account.fetcher().fetch(client))).runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                        .onFailure(TwilioException.class).recoverWithItem(failure -> Reach.failed(sentence(failure)))
                : Uni.createFrom().item(Reach.off(
                        "SMS is off: TWILIO_ACCOUNT_SID, TWILIO_AUTH_TOKEN and TWILIO_FROM or TWILIO_MESSAGING_SERVICE_SID are not all set"));
    }

    private boolean isOn() {
        return twilio.accountSid().isPresent() && twilio.authToken().isPresent()
                && (twilio.from().isPresent() || twilio.messagingServiceSid().isPresent());
    }

    private static Reach of(Account account) {
        return account.getStatus() == null || account.getStatus() == Account.Status.ACTIVE
                ? Reach.ok()
                : Reach.failed("the account at the SMS provider is " + account.getStatus());
    }

    private static String sentence(TwilioException failure) {
        Integer status = failure instanceof ApiException answered ? answered.getStatusCode() : null;
        if (status == null) {
            return "the SMS provider cannot be reached: " + failure.getMessage();
        }
        return status == UNAUTHORIZED
                ? "the SMS provider refuses TWILIO_ACCOUNT_SID and TWILIO_AUTH_TOKEN (HTTP 401)"
                : "the SMS provider answered HTTP %d: %s".formatted(status, failure.getMessage());
    }
}
