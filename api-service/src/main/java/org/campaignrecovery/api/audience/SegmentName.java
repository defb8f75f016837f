package org.campaignrecovery.api.audience;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** The name of a list of customers, derived from its content: canonical ids, distinct, ascending. */
public final class SegmentName {
    private static final int DIGITS = 32;

    private final MessageDigest digest;

    public SegmentName() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    public void add(String id) {
        digest.update(id.getBytes(UTF_8));
        digest.update((byte) 0);
    }

    /** Once, after the last id. */
    public String name() {
        return HexFormat.of().formatHex(digest.digest()).substring(0, DIGITS);
    }
}
