package org.campaignrecovery.model.trace;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The trace of a run (W3C Trace Context): its id, and the id of the span on which all others hang. Both are cut from SHA-256 over the run's
 * id, so that everybody who works on a run, whenever and however they have come to it, arrives at the same trace.
 *
 * @param traceId 32 hexadecimal digits
 * @param rootId 16 hexadecimal digits
 */
public record RunTrace(String traceId, String rootId) {
    private static final int TRACE_BYTES = 16;
    private static final int SPAN_BYTES = 8;

    /** The trace of the run with this id. */
    public static RunTrace of(String run) {
        byte[] hash = sha256().digest(run.getBytes(UTF_8));
        HexFormat hex = HexFormat.of();
        return new RunTrace(hex.formatHex(hash, 0, TRACE_BYTES), hex.formatHex(hash, TRACE_BYTES, TRACE_BYTES + SPAN_BYTES));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
