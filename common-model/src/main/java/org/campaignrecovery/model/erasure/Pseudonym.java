package org.campaignrecovery.model.erasure;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.GeneralSecurityException;
import java.util.Arrays;
import java.util.Base64;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * What stands for an erased customer: the first 144 bits of HMAC-SHA256 over the canonical id, in URL-safe base64. Under the ledger's own
 * key, as there are so few ids that a digest without one could be looked up.
 */
public final class Pseudonym {
    public static final int KEY_BYTES = 32;
    private static final String ALGORITHM = "HmacSHA256";
    private static final int BYTES = 18;

    private final SecretKeySpec key;

    public Pseudonym(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has %d bytes".formatted(KEY_BYTES));
        }
        this.key = new SecretKeySpec(key, ALGORITHM);
    }

    /** @param customer canonical id */
    public String of(String customer) {
        try {
            Mac mac = Mac.getInstance(ALGORITHM);
            mac.init(key);
            byte[] digest = mac.doFinal(customer.getBytes(UTF_8));
            return Base64.getUrlEncoder().withoutPadding().encodeToString(Arrays.copyOf(digest, BYTES));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + ALGORITHM, e);
        }
    }
}
