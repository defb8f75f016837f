package org.campaignrecovery.ledger.trace;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.common.Attributes;
import io.opentelemetry.api.common.AttributesBuilder;
import io.opentelemetry.api.trace.SpanBuilder;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.Tracer;

/**
 * What a span is called and what it says. Only ids, numbers and words of ours can be said: there is no way here to say an address, a name,
 * or what a provider or a database has answered.
 */
public final class Step {
    private static final AttributeKey<String> CAMPAIGN = AttributeKey.stringKey("campaign.id");
    private static final AttributeKey<String> RUN = AttributeKey.stringKey("campaign.run.id");
    private static final AttributeKey<Long> PAGE = AttributeKey.longKey("campaign.page");
    private static final AttributeKey<String> BATCH = AttributeKey.stringKey("campaign.batch.id");
    private static final AttributeKey<Long> EPOCH = AttributeKey.longKey("campaign.epoch");
    private static final AttributeKey<String> CHANNEL = AttributeKey.stringKey("campaign.channel");
    private static final AttributeKey<Long> MESSAGES = AttributeKey.longKey("campaign.messages");
    private static final AttributeKey<String> DELIVERY = AttributeKey.stringKey("campaign.delivery.id");
    private static final AttributeKey<Long> ATTEMPT = AttributeKey.longKey("campaign.delivery.attempt");
    private static final AttributeKey<String> SYSTEM = AttributeKey.stringKey("messaging.system");
    private static final AttributeKey<String> TOPIC = AttributeKey.stringKey("messaging.destination.name");
    private static final AttributeKey<String> OPERATION = AttributeKey.stringKey("messaging.operation.type");
    private static final String KAFKA = "kafka";

    private final String name;
    private final SpanKind kind;
    private final AttributesBuilder facts = Attributes.builder();

    private Step(String name, SpanKind kind) {
        this.name = name;
        this.kind = kind;
    }

    /** Something that the process does by itself. */
    public static Step inside(String name) {
        return new Step(name, SpanKind.INTERNAL);
    }

    /** An event is rung. */
    public static Step ring(String topic) {
        return new Step("send " + topic, SpanKind.PRODUCER).event(topic, "send");
    }

    /** What an event asked to be looked at is taken on. */
    public static Step heard(String name, String topic) {
        return new Step(name, SpanKind.CONSUMER).event(topic, "process");
    }

    /** Another system is called. */
    public static Step call(String name) {
        return new Step(name, SpanKind.CLIENT);
    }

    private Step event(String topic, String operation) {
        facts.put(SYSTEM, KAFKA).put(TOPIC, topic).put(OPERATION, operation);
        return this;
    }

    public Step campaign(String id) {
        facts.put(CAMPAIGN, id);
        return this;
    }

    public Step run(String id) {
        facts.put(RUN, id);
        return this;
    }

    public Step page(long number) {
        facts.put(PAGE, number);
        return this;
    }

    public Step batch(String id) {
        facts.put(BATCH, id);
        return this;
    }

    /** Of the lease under which it is done. */
    public Step epoch(long epoch) {
        facts.put(EPOCH, epoch);
        return this;
    }

    public Step channel(String wire) {
        facts.put(CHANNEL, wire);
        return this;
    }

    public Step messages(long number) {
        facts.put(MESSAGES, number);
        return this;
    }

    public Step delivery(String id) {
        facts.put(DELIVERY, id);
        return this;
    }

    /** @param number from 1 */
    public Step attempt(long number) {
        facts.put(ATTEMPT, number);
        return this;
    }

    SpanBuilder with(Tracer tracer) {
        return tracer.spanBuilder(name).setSpanKind(kind).setAllAttributes(facts.build());
    }
}
