package org.campaignrecovery.local.record;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;

/** The first {@code remaining} bytes of a stream: a file that grows is read as it was. */
final class BoundedInput extends FilterInputStream {
    private long remaining;

    BoundedInput(InputStream in, long remaining) {
        super(in);
        this.remaining = remaining;
    }

    @Override
    public int read() throws IOException {
        if (remaining <= 0) {
            return -1;
        }
        int read = super.read();
        remaining -= read < 0 ? 0 : 1;
        return read;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
        if (remaining <= 0) {
            return -1;
        }
        int read = super.read(target, offset, (int) Math.min(length, remaining));
        remaining -= Math.max(read, 0);
        return read;
    }
}
