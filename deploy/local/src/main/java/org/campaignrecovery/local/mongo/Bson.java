package org.campaignrecovery.local.mongo;

import java.util.Arrays;

import de.bwaldvogel.mongo.backend.Missing;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.wire.BsonConstants;
import de.bwaldvogel.mongo.wire.bson.BsonDecoder;
import de.bwaldvogel.mongo.wire.bson.BsonEncoder;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** Documents and keys as bytes and back. */
final class Bson {

    private static final int USUAL_SIZE = 512;
    private static final int LONG_ARRAY = 1_024;

    private Bson() {
    }

    static byte[] encode(Document document) {
        ByteBuf buffer = Unpooled.buffer(USUAL_SIZE);
        BsonEncoder.encodeDocument(document, buffer);
        return bytes(buffer);
    }

    /** The document; a long array in it is decoded when somebody looks at it, which those who leave it out of their projection never do. */
    static Document decode(byte[] bson) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bson);
        buffer.skipBytes(Integer.BYTES);
        Document document = new Document();
        for (byte type = buffer.readByte(); type != BsonConstants.TERMINATING_BYTE; type = buffer.readByte()) {
            String field = BsonDecoder.decodeCString(buffer);
            document.put(field, type == BsonConstants.TYPE_ARRAY ? array(bson, buffer) : BsonDecoder.decodeValue(type, buffer));
        }
        return document;
    }

    private static Object array(byte[] bson, ByteBuf buffer) {
        int start = buffer.readerIndex();
        int length = buffer.getIntLE(start);
        if (length < LONG_ARRAY) {
            return BsonDecoder.decodeValue(BsonConstants.TYPE_ARRAY, buffer);
        }
        buffer.skipBytes(length);
        return new StoredArray(bson, start, length);
    }

    static byte[] encodeTuple(Object[] tuple) {
        ByteBuf buffer = Unpooled.buffer(64);
        buffer.writeByte(tuple.length);
        for (Object value : tuple) {
            Object present = value instanceof Missing ? null : value;
            byte type = BsonEncoder.determineType(present);
            buffer.writeByte(type);
            BsonEncoder.encodeValue(type, present, buffer);
        }
        return bytes(buffer);
    }

    static Object[] decodeTuple(byte[] bytes) {
        ByteBuf buffer = Unpooled.wrappedBuffer(bytes);
        Object[] tuple = new Object[buffer.readByte()];
        for (int i = 0; i < tuple.length; i++) {
            tuple[i] = Missing.ofNullable(BsonDecoder.decodeValue(buffer.readByte(), buffer));
        }
        return tuple;
    }

    private static byte[] bytes(ByteBuf buffer) {
        return Arrays.copyOf(buffer.array(), buffer.writerIndex());
    }
}
