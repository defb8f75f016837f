package org.campaignrecovery.api.testsend;

import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.ws.rs.core.HttpHeaders;

import org.campaignrecovery.api.audience.CustomerRepository;
import org.campaignrecovery.api.campaign.CampaignTemplates;
import org.campaignrecovery.api.campaign.ChannelConfig;
import org.campaignrecovery.api.consent.Suppressions;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.api.sending.SendingSwitchRepository;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.clock.LedgerClock;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.ledger.testsend.TestSendDocument;
import org.campaignrecovery.ledger.testsend.TestSendRepository;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.audience.Customer;
import org.campaignrecovery.model.audience.CustomerId;
import org.campaignrecovery.model.consent.UnsubscribeFooter;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;

/** Hands test messages to the workers, which alone speak with providers, and waits a moment for what becomes of them. */
@ApplicationScoped
class TestSends {
    private static final Logger LOG = Logger.getLogger(TestSends.class);
    private static final Duration LOOK = Duration.ofMillis(250);
    private static final Duration HOUR = Duration.ofHours(1);

    private final TestSendRepository tests;
    private final CustomerRepository customers;
    private final Suppressions suppressions;
    private final SendingSwitchRepository sending;
    private final ChannelConfig channels;
    private final TestSendConfig config;
    private final LedgerClock clock;
    private final AddressNormaliser normaliser;

    TestSends(TestSendRepository tests, CustomerRepository customers, Suppressions suppressions, SendingSwitchRepository sending,
            ChannelConfig channels, TestSendConfig config, LedgerClock clock, ScheduleConfig schedule) {
        this.tests = tests;
        this.customers = customers;
        this.suppressions = suppressions;
        this.sending = sending;
        this.channels = channels;
        this.config = config;
        this.clock = clock;
        this.normaliser = new AddressNormaliser(schedule.defaultRegion());
    }

    /**
     * Fails with what to change when it cannot be sent, or shall not be: to an address on the suppression list, while nothing is sent at all,
     * or once its user has sent many.
     */
    Uni<TestSendDocument> send(CampaignDocument campaign, TestSendRequest request, String user) {
        TestRecipient to = TestRecipient.of(request, campaign, normaliser);
        if (!channels.isOn(to.channel())) {
            throw ProblemType.CONFLICT.problem(channels.offSentence(to.channel()));
        }
        CampaignTemplates templates = CampaignTemplates.of(campaign, to.channel());
        Instant now = clock.now().truncatedTo(ChronoUnit.MILLIS);
        return requireOn().chain(() -> requireNotSuppressed(to)).chain(() -> requireFew(user, now))
                .chain(() -> data(request.customerId(), templates.compiled().fields()))
                .map(data -> TestSendDocument.requested(UUID.randomUUID().toString(), campaign.id, campaign.name, to.channel(),
                        to.address(), templates.email(), templates.sms(), data, user, now))
                .call(tests::insert)
                .invoke(test -> LOG.infof("test message campaign=%s test=%s channel=%s user=%s", campaign.id, test.id(),
                        test.channel().wire(), user))
                .call(() -> tests.forgetOlderThan(now.minus(config.kept())))
                .chain(test -> whenEnded(test.id()));
    }

    /** Null when there is none, or not any more. */
    Uni<TestSendDocument> withId(String id) {
        return tests.byId(id);
    }

    private Uni<Void> requireOn() {
        return sending.position().invoke(position -> {
            if (position.stopped()) {
                throw ProblemType.CONFLICT.problem("nothing is sent at the moment: an operator has stopped sending for everything");
            }
        }).replaceWithVoid();
    }

    private Uni<Void> requireNotSuppressed(TestRecipient to) {
        return suppressions.among(List.of(SuppressionDocument.id(to.channel(), to.address()))).invoke(found -> {
            if (!found.isEmpty()) {
                throw ProblemType.CONFLICT
                        .problem("this address is on the suppression list: it is never sent to, by no campaign and no test");
            }
        }).replaceWithVoid();
    }

    private Uni<Void> requireFew(String user, Instant now) {
        return tests.askedFor(user, now.minus(HOUR)).invoke(sent -> {
            if (sent >= config.perHour()) {
                throw ProblemType.TOO_MANY_ATTEMPTS
                        .builder("you have sent %d test messages within an hour, which is the limit; try again later".formatted(sent))
                        .withHeader(HttpHeaders.RETRY_AFTER, HOUR.toSeconds()).build();
            }
        }).replaceWithVoid();
    }

    private Uni<Map<String, String>> data(String customerId, Set<String> fields) {
        return CustomerId.of(customerId).map(id -> customers.withId(id).map(found -> found.orElseThrow(() -> ProblemType.NOT_FOUND
                .problem("customer %s has no order; GET /api/customers?q= finds customers".formatted(id.text()))))
                .map(customer -> of(customer, fields))).orElseGet(() -> Uni.createFrom().item(names(fields)));
    }

    private static Map<String, String> of(Customer customer, Set<String> fields) {
        Map<String, String> data = new HashMap<>(customer.fields());
        data.keySet().retainAll(fields);
        return data;
    }

    /** What stands there for want of a customer. */
    private static Map<String, String> names(Set<String> fields) {
        Map<String, String> data = new HashMap<>();
        fields.stream().filter(field -> !field.equals(UnsubscribeFooter.FIELD)).forEach(field -> data.put(field, "[" + field + "]"));
        return data;
    }

    private Uni<TestSendDocument> whenEnded(String id) {
        return Multi.createBy().repeating().uni(() -> tests.byId(id)).withDelay(LOOK).whilst(test -> !test.state().isEnd())
                .select().first(config.waitFor()).collect().last();
    }
}
