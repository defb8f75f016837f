package org.campaignrecovery.api.doctor;

import org.campaignrecovery.model.Wire;

/** What is checked, in the order in which it is told. The names are part of the answer: they never change. */
enum Subject implements Wire {
    LEDGER_DATABASE("ledger-database", Source.LEDGER),
    LEDGER_GUARDS("ledger-guards", Source.LEDGER),
    LEDGER_CONTINUITY("ledger-continuity", Source.LEDGER),
    ORDERS_DATABASE("orders-database", Source.ORDERS),
    KAFKA_TOPICS("kafka-topics", Source.KAFKA),
    KAFKA_GROUPS("kafka-groups", Source.KAFKA),
    DEAD_LETTERS("dead-letters", Source.KAFKA),
    SCHEDULERS("schedulers", Source.LEDGER),
    WORKERS("workers", Source.LEDGER),
    CLOCKS("clocks", Source.LEDGER),
    SMTP("smtp", Source.LEDGER),
    SMS("sms", Source.LEDGER),
    SENDING_SWITCH("sending-switch", Source.LEDGER),
    CAMPAIGNS_WAITING("campaigns-waiting", Source.LEDGER),
    CAMPAIGNS_RUNNING("campaigns-running", Source.LEDGER),
    AUDIENCES("audiences", Source.ORDERS),
    LEASES("leases", Source.LEDGER),
    PARKED_BATCHES("parked-batches", Source.LEDGER),
    DOUBT("doubt", Source.LEDGER);

    private final String wire;
    private final Source source;

    Subject(String wire, Source source) {
        this.wire = wire;
        this.source = source;
    }

    @Override
    public String wire() {
        return wire;
    }

    Source source() {
        return source;
    }
}
