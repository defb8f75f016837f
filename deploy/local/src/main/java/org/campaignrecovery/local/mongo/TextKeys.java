package org.campaignrecovery.local.mongo;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.h2.mvstore.WriteBuffer;

import de.bwaldvogel.mongo.wire.BsonConstants;

/**
 * Keys that consist of texts only, in the very bytes that {@link Bson#encodeTuple} makes of them: of a ledger's keys nearly all are, and
 * each commit writes those beside a changed one, too. Written and read through buffers of their own they took a third of a server's time.
 */
final class TextKeys {
    /** Type, length and the zero at the end. */
    private static final int AROUND = 1 + Integer.BYTES + 1;

    private TextKeys() {
    }

    /** @return false when it is no such key, and nothing is written */
    static boolean write(WriteBuffer buffer, Object[] tuple) {
        byte[][] texts = new byte[tuple.length][];
        int length = 1;
        for (int i = 0; i < tuple.length; i++) {
            if (!(tuple[i] instanceof String text)) {
                return false;
            }
            texts[i] = text.getBytes(UTF_8);
            length += AROUND + texts[i].length;
        }
        buffer.putVarInt(length).put((byte) tuple.length);
        for (byte[] text : texts) {
            buffer.put(BsonConstants.TYPE_UTF8_STRING).putInt(Integer.reverseBytes(text.length + 1)).put(text)
                    .put(BsonConstants.TERMINATING_BYTE);
        }
        return true;
    }

    /** The key, or null when it is no such key. */
    static Object[] read(byte[] bytes) {
        Object[] tuple = new Object[bytes[0]];
        int at = 1;
        for (int i = 0; i < tuple.length; i++) {
            if (bytes[at] != BsonConstants.TYPE_UTF8_STRING) {
                return null;
            }
            int length = (bytes[at + 1] & 0xFF | (bytes[at + 2] & 0xFF) << 8 | (bytes[at + 3] & 0xFF) << 16 | bytes[at + 4] << 24) - 1;
            tuple[i] = new String(bytes, at + 1 + Integer.BYTES, length, UTF_8);
            at += AROUND + length;
        }
        return tuple;
    }
}
