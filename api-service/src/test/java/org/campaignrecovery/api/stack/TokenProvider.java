package org.campaignrecovery.api.stack;

import java.security.GeneralSecurityException;
import java.security.Key;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Base64;

/**
 * An OpenID Connect provider's key, made up once in this JVM: the stack gives the service its public half, a test signs with the other.
 * They are of two class loaders, and this class is in both.
 */
public final class TokenProvider {
    public static final String ISSUER = "https://login.shop.example";
    private static final String KEYS = "test.token-provider.keys";

    private TokenProvider() {
    }

    /** Base64 of its X.509 encoding. */
    static String publicKey() {
        return halves()[0];
    }

    public static PrivateKey privateKey() {
        try {
            return KeyFactory.getInstance("RSA").generatePrivate(new PKCS8EncodedKeySpec(Base64.getDecoder().decode(halves()[1])));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    /** Somebody else's. */
    public static KeyPair keys() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            return generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has RSA", e);
        }
    }

    private static String[] halves() {
        if (System.getProperty(KEYS) == null) {
            KeyPair keys = keys();
            System.setProperty(KEYS, base64(keys.getPublic()) + " " + base64(keys.getPrivate()));
        }
        return System.getProperty(KEYS).split(" ");
    }

    private static String base64(Key key) {
        return Base64.getEncoder().encodeToString(key.getEncoded());
    }
}
