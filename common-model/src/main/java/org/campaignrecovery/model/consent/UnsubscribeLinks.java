package org.campaignrecovery.model.consent;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.Optional;

import javax.crypto.Cipher;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.web.PublicUrl;

/**
 * Links by which a recipient unsubscribes without logging in. What a link stands for is sealed in it (AES-GCM): nobody else can make one,
 * nobody can read an address out of one that lies in a log, and it works however long ago its run was erased. Thread-safe.
 */
public final class UnsubscribeLinks {
    /** Followed by a token. */
    public static final String PATH = "/unsubscribe/";
    public static final int KEY_BYTES = 32;

    private static final String CIPHER = "AES/GCM/NoPadding";
    private static final int NONCE_BYTES = 12;
    private static final int TAG_BITS = 128;
    private static final byte VERSION = 1;
    private static final String SEPARATOR = "\n";
    private static final int PARTS = 3;
    private static final int MAX_TOKEN = 1_000;

    private final SecretKeySpec key;
    private final SecureRandom random = new SecureRandom();

    /** @param key of {@link #KEY_BYTES} bytes, the same for all services, for ever */
    public UnsubscribeLinks(byte[] key) {
        if (key.length != KEY_BYTES) {
            throw new IllegalArgumentException("a key has %d bytes, not %d".formatted(KEY_BYTES, key.length));
        }
        this.key = new SecretKeySpec(key, "AES");
    }

    /** @param publicUrl where the world reaches the api; a slash at its end does not matter */
    public String url(String publicUrl, Unsubscription unsubscription) {
        return PublicUrl.with(publicUrl, PATH + token(unsubscription));
    }

    /** Letters, digits, {@code -} and {@code _}; another one each time. */
    public String token(Unsubscription unsubscription) {
        String text = String.join(SEPARATOR, unsubscription.channel().wire(), unsubscription.address(), unsubscription.run());
        byte[] nonce = new byte[NONCE_BYTES];
        random.nextBytes(nonce);
        try {
            byte[] sealed = cipher(Cipher.ENCRYPT_MODE, nonce).doFinal(text.getBytes(UTF_8));
            byte[] token = ByteBuffer.allocate(1 + nonce.length + sealed.length).put(VERSION).put(nonce).put(sealed).array();
            return Base64.getUrlEncoder().withoutPadding().encodeToString(token);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java platform has " + CIPHER, e);
        }
    }

    /** What a token stands for; empty when it is not one of ours. */
    public Optional<Unsubscription> open(String token) {
        if (token.length() > MAX_TOKEN) {
            return Optional.empty();
        }
        try {
            byte[] bytes = Base64.getUrlDecoder().decode(token);
            if (bytes.length <= 1 + NONCE_BYTES || bytes[0] != VERSION) {
                return Optional.empty();
            }
            byte[] nonce = Arrays.copyOfRange(bytes, 1, 1 + NONCE_BYTES);
            byte[] text = cipher(Cipher.DECRYPT_MODE, nonce).doFinal(bytes, 1 + NONCE_BYTES, bytes.length - 1 - NONCE_BYTES);
            String[] parts = new String(text, UTF_8).split(SEPARATOR, PARTS);
            return Optional.of(new Unsubscription(Wire.parse(Channel.class, parts[0]), parts[1], parts[2]));
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private Cipher cipher(int mode, byte[] nonce) throws GeneralSecurityException {
        Cipher cipher = Cipher.getInstance(CIPHER);
        cipher.init(mode, key, new GCMParameterSpec(TAG_BITS, nonce));
        return cipher;
    }
}
