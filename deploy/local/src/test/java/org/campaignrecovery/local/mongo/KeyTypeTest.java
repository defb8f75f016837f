package org.campaignrecovery.local.mongo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.stream.Stream;

import org.h2.mvstore.WriteBuffer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class KeyTypeTest {

    static Stream<Arguments> keys() {
        return Stream
                .of(new Object[]{"run@2026", "pending", "a1b2"}, new Object[]{""}, new Object[]{},
                        new Object[]{"Zoë 李小龙 😀", "x".repeat(70_000)},
                        new Object[]{"run", 3.0, "id"}, new Object[]{7.0}, new Object[]{"run", null}, new Object[]{true, "text"})
                .map(key -> Arguments.of((Object) key));
    }

    /** A data file of an earlier version is read as before, and the other way round. */
    @ParameterizedTest
    @MethodSource("keys")
    void everyKeyIsWrittenAsBsonAndReadBack(Object[] key) {
        WriteBuffer written = new WriteBuffer();
        KeyType.INSTANCE.write(written, key);
        WriteBuffer general = new WriteBuffer();
        byte[] bson = Bson.encodeTuple(key);
        general.putVarInt(bson.length).put(bson);

        assertThat(bytes(written)).isEqualTo(bytes(general));
        assertThat(KeyType.INSTANCE.compare(KeyType.INSTANCE.read(ByteBuffer.wrap(bytes(written))), Bson.decodeTuple(bson))).isZero();
        assertThat(KeyType.INSTANCE.read(ByteBuffer.wrap(bytes(written)))).hasSameSizeAs(key);
    }

    private static byte[] bytes(WriteBuffer buffer) {
        ByteBuffer written = buffer.getBuffer().duplicate();
        written.flip();
        byte[] bytes = new byte[written.remaining()];
        written.get(bytes);
        return bytes;
    }
}
