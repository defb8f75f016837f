package org.campaignrecovery.local.mongo;

import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import io.netty.buffer.Unpooled;

/**
 * An array of a stored document as it lies there, decoded when somebody looks at it. Like the list that the library would have made it can
 * be changed; what is stored does not change with it. For one thread at a time, as documents are.
 */
final class StoredArray extends AbstractList<Object> implements RandomAccess {
    private final byte[] bson;
    private final int start;
    private final int length;
    private List<Object> items;

    StoredArray(byte[] bson, int start, int length) {
        this.bson = bson;
        this.start = start;
        this.length = length;
    }

    @SuppressWarnings("unchecked")
    private List<Object> items() {
        if (items == null) {
            items = (List<Object>) BsonDecoder.decodeValue(BsonConstants.TYPE_ARRAY, Unpooled.wrappedBuffer(bson, start, length));
        }
        return items;
    }

    @Override
    public Object get(int index) {
        return items().get(index);
    }

    @Override
    public int size() {
        return items().size();
    }

    @Override
    public Object set(int index, Object item) {
        return items().set(index, item);
    }

    @Override
    public void add(int index, Object item) {
        items().add(index, item);
    }

    @Override
    public Object remove(int index) {
        return items().remove(index);
    }
}
