package org.campaignrecovery.local.record;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

/** A file with one document a line, UTF-8; gzip is recognised by its first bytes. Read one line at a time. */
public final class LineReader implements AutoCloseable {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final int BUFFER = 64 * 1024;

    private final BufferedReader reader;
    private long number;

    private LineReader(BufferedReader reader) {
        this.reader = reader;
    }

    public static LineReader open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        raw.mark(2);
        boolean gzip = raw.read() == GZIP_MAGIC_1 && raw.read() == GZIP_MAGIC_2;
        raw.reset();
        InputStream text = gzip ? new GZIPInputStream(raw, BUFFER) : raw;
        return new LineReader(new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER));
    }

    /** The next line that is not blank, or null at the end. */
    public String next() throws IOException {
        String line;
        do {
            line = reader.readLine();
            number++;
        } while (line != null && line.isBlank());
        return line;
    }

    /** Of the line that {@link #next} returned, counted from 1. */
    public long number() {
        return number;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
