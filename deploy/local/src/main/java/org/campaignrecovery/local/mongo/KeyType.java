package org.campaignrecovery.local.mongo;

import java.nio.ByteBuffer;

import org.h2.mvstore.WriteBuffer;
import org.h2.mvstore.type.BasicDataType;

/**
 * How keys lie in the data file: a tuple of values, compared field by field in {@link BsonOrder}. A tuple that is the
 * beginning of another comes before it, so a beginning is the lower bound of everything that starts with it.
 */
final class KeyType extends BasicDataType<Object[]> {

    static final KeyType INSTANCE = new KeyType();

    private KeyType() {
    }

    static Object[] tuple(Object... values) {
        return values;
    }

    @Override
    public int compare(Object[] left, Object[] right) {
        int shared = Math.min(left.length, right.length);
        for (int i = 0; i < shared; i++) {
            int result = BsonOrder.INSTANCE.compare(left[i], right[i]);
            if (result != 0) {
                return result;
            }
        }
        return Integer.compare(left.length, right.length);
    }

    @Override
    public int getMemory(Object[] tuple) {
        int memory = 16 + 4 * tuple.length;
        for (Object value : tuple) {
            memory += value instanceof String ? 40 + ((String) value).length() : 24;
        }
        return memory;
    }

    @Override
    public void write(WriteBuffer buffer, Object[] tuple) {
        if (!TextKeys.write(buffer, tuple)) {
            byte[] bytes = Bson.encodeTuple(tuple);
            buffer.putVarInt(bytes.length).put(bytes);
        }
    }

    @Override
    public Object[] read(ByteBuffer buffer) {
        byte[] bytes = DocumentType.readBytes(buffer);
        Object[] texts = TextKeys.read(bytes);
        return texts == null ? Bson.decodeTuple(bytes) : texts;
    }

    @Override
    public Object[][] createStorage(int size) {
        return new Object[size][];
    }
}
