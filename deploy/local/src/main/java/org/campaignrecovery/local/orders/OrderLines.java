package org.campaignrecovery.local.orders;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPInputStream;

import org.bson.BsonInvalidOperationException;
import org.bson.BsonSerializationException;
import org.bson.Document;
import org.bson.json.JsonParseException;

/** A file of orders, one document in MongoDB's extended JSON a line; gzip is recognised by its first bytes. Read one line at a time. */
final class OrderLines implements AutoCloseable {
    private static final int GZIP_MAGIC_1 = 0x1f;
    private static final int GZIP_MAGIC_2 = 0x8b;
    private static final int BUFFER = 64 * 1024;

    private final BufferedReader reader;
    private long number;

    private OrderLines(BufferedReader reader) {
        this.reader = reader;
    }

    static OrderLines open(Path file) throws IOException {
        InputStream raw = new BufferedInputStream(Files.newInputStream(file), BUFFER);
        raw.mark(2);
        boolean gzip = raw.read() == GZIP_MAGIC_1 && raw.read() == GZIP_MAGIC_2;
        raw.reset();
        InputStream text = gzip ? new GZIPInputStream(raw, BUFFER) : raw;
        return new OrderLines(new BufferedReader(new InputStreamReader(text, StandardCharsets.UTF_8), BUFFER));
    }

    /** The next line that is not blank, or null at the end. */
    String next() throws IOException {
        String line;
        do {
            line = reader.readLine();
            number++;
        } while (line != null && line.isBlank());
        return line;
    }

    /** Of the line that {@link #next} returned, counted from 1. */
    long number() {
        return number;
    }

    /** @throws BadOrder with a sentence when {@code line} is no order */
    static Document parse(String line) throws BadOrder {
        Document order;
        try {
            order = Document.parse(line);
        } catch (JsonParseException | BsonInvalidOperationException | BsonSerializationException | IllegalArgumentException e) {
            throw new BadOrder("is not extended JSON: " + e.getMessage());
        }
        Object id = order.get("order_id");
        if (id == null || id instanceof String text && text.isBlank()) {
            throw new BadOrder("has no order_id");
        }
        return order;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }

    /** A line that cannot be loaded, and why. */
    static final class BadOrder extends Exception {
        private static final long serialVersionUID = 1;

        BadOrder(String message) {
            super(message);
        }
    }
}
