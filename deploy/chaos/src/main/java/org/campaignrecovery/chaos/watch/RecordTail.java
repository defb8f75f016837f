package org.campaignrecovery.chaos.watch;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.databind.JsonNode;

/** Reads what is new in a file of JSON lines that grows; a line that is not complete yet is left for the next time. */
public final class RecordTail {
    private static final int MOST = 1024 * 1024;

    private final Path file;
    private long position;

    public RecordTail(Path file) {
        this.file = file;
    }

    public List<JsonNode> next() {
        if (!Files.exists(file)) {
            return List.of();
        }
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            ByteBuffer bytes = ByteBuffer.allocate((int) Math.min(MOST, channel.size() - position));
            int length = channel.read(bytes, position);
            return length <= 0 ? List.of() : lines(new String(bytes.array(), 0, length, StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<JsonNode> lines(String text) {
        String complete = text.substring(0, text.lastIndexOf('\n') + 1);
        position += complete.getBytes(StandardCharsets.UTF_8).length;
        List<JsonNode> lines = new ArrayList<>();
        complete.lines().forEach(line -> lines.add(Json.parse(line)));
        return lines;
    }
}
