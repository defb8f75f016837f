package org.campaignrecovery.ledger.presence;

import io.smallrye.mutiny.Uni;

/** Looks whether this process reaches one part of its surroundings. Never sends anything to anybody. */
public interface Probe {
    String KAFKA = "kafka";
    String ORDERS = "orders";
    String SMTP = "smtp";
    String SMS = "sms";

    /** The name under which the process tells about it. */
    String part();

    /** May fail or hang: whoever asks bounds it and makes a sentence of it. Must not block whoever subscribes. */
    Uni<Reach> look();
}
