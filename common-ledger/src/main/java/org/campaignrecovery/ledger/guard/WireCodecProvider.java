package org.campaignrecovery.ledger.guard;

import org.bson.BsonReader;
import org.bson.BsonWriter;
import org.bson.codecs.Codec;
import org.bson.codecs.DecoderContext;
import org.bson.codecs.EncoderContext;
import org.bson.codecs.configuration.CodecProvider;
import org.bson.codecs.configuration.CodecRegistry;
import org.campaignrecovery.model.Wire;

/** Stores the model's enums under their wire names. Quarkus finds it by its type. */
public class WireCodecProvider implements CodecProvider {

    @Override
    @SuppressWarnings({"unchecked", "rawtypes"})
    public <T> Codec<T> get(Class<T> type, CodecRegistry registry) {
        return type.isEnum() && Wire.class.isAssignableFrom(type) ? new WireCodec(type) : null;
    }

    private record WireCodec<E extends Enum<E> & Wire>(Class<E> type) implements Codec<E> {

        @Override
        public void encode(BsonWriter writer, E value, EncoderContext context) {
            writer.writeString(value.wire());
        }

        @Override
        public E decode(BsonReader reader, DecoderContext context) {
            return Wire.parse(type, reader.readString());
        }

        @Override
        public Class<E> getEncoderClass() {
            return type;
        }
    }
}
