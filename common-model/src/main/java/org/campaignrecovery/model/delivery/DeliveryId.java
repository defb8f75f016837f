package org.campaignrecovery.model.delivery;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;

import org.campaignrecovery.model.channel.Channel;

/**
 * The identity of one message: the first 144 bits of SHA-256 over (run, channel, normalised address), in URL-safe base64, 24 characters.
 * One address can have one delivery in a run on a channel, whoever plans it and however often; the id reveals no address.
 */
public final class DeliveryId {
    private static final int BYTES = 18;

    private DeliveryId() {
    }

    public static String of(String run, Channel channel, String normalisedAddress) {
        MessageDigest digest = sha256();
        digest.update(run.getBytes(UTF_8));
        digest.update((byte) 0);
        digest.update(channel.wire().getBytes(UTF_8));
        digest.update((byte) 0);
        byte[] hash = digest.digest(normalisedAddress.getBytes(UTF_8));
        byte[] head = new byte[BYTES];
        System.arraycopy(hash, 0, head, 0, BYTES);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(head);
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
