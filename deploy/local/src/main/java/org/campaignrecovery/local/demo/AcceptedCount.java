package org.campaignrecovery.local.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Counts the lines of record files while they grow; reads only what is new. */
final class AcceptedCount {
    private static final int BUFFER = 256 * 1024;

    private final Map<Path, Long> read = new HashMap<>();
    private final ByteBuffer buffer = ByteBuffer.allocate(BUFFER);
    private int lines;

    AcceptedCount(List<Path> records) {
        records.forEach(record -> read.put(record, 0L));
    }

    /** Messages accepted so far. */
    int now() {
        read.replaceAll(this::count);
        return lines;
    }

    /** @return how far the file is read now */
    private long count(Path record, long from) {
        if (!Files.exists(record)) {
            return from;
        }
        try (FileChannel channel = FileChannel.open(record, StandardOpenOption.READ)) {
            long position = from;
            for (int length = fill(channel, position); length > 0; length = fill(channel, position)) {
                for (int i = 0; i < length; i++) {
                    lines += buffer.get(i) == '\n' ? 1 : 0;
                }
                position += length;
            }
            return position;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private int fill(FileChannel channel, long position) throws IOException {
        buffer.clear();
        return channel.read(buffer, position);
    }
}
