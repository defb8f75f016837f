package org.campaignrecovery.ledger.startup;

import java.security.SecureRandom;
import java.util.HexFormat;

import jakarta.enterprise.context.ApplicationScoped;

/** The name of this process in the ledger: random, new at every start. */
@ApplicationScoped
public class BootId {
    private static final int BYTES = 6;

    private final String value;

    BootId() {
        byte[] random = new byte[BYTES];
        new SecureRandom().nextBytes(random);
        value = HexFormat.of().formatHex(random);
    }

    public String value() {
        return value;
    }
}
