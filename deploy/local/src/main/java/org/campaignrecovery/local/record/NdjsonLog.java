package org.campaignrecovery.local.record;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * An append-only file of JSON lines that is the truth about what a stand-in accepted.
 *
 * <p>{@link #append} returns after the operating system has the lines, so they survive a SIGKILL of this process (not a power cut).
 * A line that a kill cut short was never acknowledged to anyone; {@link #open} removes it.
 */
public final class NdjsonLog implements AutoCloseable {
    private static final int TAIL_BLOCK = 64 * 1024;

    private final FileChannel channel;

    private NdjsonLog(FileChannel channel) {
        this.channel = channel;
    }

    /** Opens {@code file} for appending, creating it and its directory where needed. */
    public static NdjsonLog open(Path file) throws IOException {
        Files.createDirectories(file.toAbsolutePath().getParent());
        FileChannel channel = FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE);
        long end = endOfLastLine(channel);
        channel.truncate(end);
        channel.position(end);
        return new NdjsonLog(channel);
    }

    /** Appends {@code lines} (without line ends) next to each other. */
    public void append(Collection<String> lines) throws IOException {
        ByteBuffer bytes = ByteBuffer.wrap((String.join("\n", lines) + "\n").getBytes(StandardCharsets.UTF_8));
        synchronized (this) {
            while (bytes.hasRemaining()) {
                channel.write(bytes);
            }
        }
    }

    public void append(String line) throws IOException {
        append(List.of(line));
    }

    /** Passes every complete line of {@code file} to {@code sink}, in order; a missing file has none. The file may grow meanwhile. */
    public static void read(Path file, Consumer<JsonNode> sink) throws IOException {
        if (!Files.exists(file)) {
            return;
        }
        long end;
        try (FileChannel channel = FileChannel.open(file, StandardOpenOption.READ)) {
            end = endOfLastLine(channel);
        }
        try (BufferedReader lines = new BufferedReader(
                new InputStreamReader(new BoundedInput(Files.newInputStream(file), end), StandardCharsets.UTF_8))) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                sink.accept(Json.parse(line));
            }
        }
    }

    @Override
    public void close() throws IOException {
        channel.close();
    }

    private static long endOfLastLine(FileChannel channel) throws IOException {
        ByteBuffer block = ByteBuffer.allocate(TAIL_BLOCK);
        for (long end = channel.size(); end > 0; end -= TAIL_BLOCK) {
            long start = Math.max(0, end - TAIL_BLOCK);
            block.clear().limit((int) (end - start));
            while (block.hasRemaining() && channel.read(block, start + block.position()) >= 0) {
                // read until the block is full
            }
            for (int i = block.position() - 1; i >= 0; i--) {
                if (block.get(i) == '\n') {
                    return start + i + 1;
                }
            }
        }
        return 0;
    }
}
