package org.campaignrecovery.api.counting;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;

/**
 * Counts distinct addresses in eight bytes each: the first of their SHA-256. Two of a million addresses share them with a probability of
 * less than one in ten million. Not thread-safe.
 */
final class DistinctAddresses {
    private static final int FIRST_ROOM = 1_024;

    private final MessageDigest digest;
    private long[] marks = new long[FIRST_ROOM];
    private int size;

    DistinctAddresses() {
        try {
            digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    void add(String address) {
        if (size == marks.length) {
            marks = Arrays.copyOf(marks, size + size / 2);
        }
        marks[size++] = ByteBuffer.wrap(digest.digest(address.getBytes(UTF_8))).getLong();
    }

    /** How many were added, repeated ones included. */
    long added() {
        return size;
    }

    long distinct() {
        Arrays.sort(marks, 0, size);
        long distinct = size == 0 ? 0 : 1;
        for (int i = 1; i < size; i++) {
            distinct += marks[i] == marks[i - 1] ? 0 : 1;
        }
        return distinct;
    }
}
