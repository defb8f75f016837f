package org.campaignrecovery.local.mongo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;

import org.h2.mvstore.MVStore;
import org.h2.mvstore.MVStoreException;

/**
 * A MongoDB-compatible server in this JVM, for the local stack and for tests.
 * <p>
 * It promises what the ledger needs: an answer is given only after everything that the request did or saw is in the data
 * file, so nothing acknowledged is lost when the process is killed (not so when the machine loses power); a guarded update
 * of a document is atomic; {@code _id} and unique indexes hold across restarts; filters that contain {@code _id} or the
 * first field of an index are answered by index. It is a stand-in for MongoDB 5.0 without sessions, transactions, change
 * streams, TTL and partial indexes, and without access control: bind it to loopback. The documentation of the local stack
 * has measurements.
 */
public final class EmbeddedMongo implements AutoCloseable {

    /** What is above the leaves of a large collection should fit: an eighth of the heap, within these bounds. */
    private static final int SMALLEST_CACHE_MEGABYTES = 64;
    private static final int LARGEST_CACHE_MEGABYTES = 512;
    private static final int PAGE_BYTES = 4 * 1024;
    private static final int RETENTION_MILLIS = 1_000;

    private final MVStore store;
    private final GroupCommit commits;
    private final WireServer server;

    private EmbeddedMongo(MVStore store, GroupCommit commits, WireServer server) {
        this.store = store;
        this.commits = commits;
        this.server = server;
    }

    /**
     * Opens the data file and starts listening.
     *
     * @param bind where to listen; port 0 for a free one
     * @param dataFileOrNullForMemory created when missing, with its directories; null keeps everything in memory
     * @throws IllegalStateException when the data file cannot be opened, or is open in another process, or the address is taken
     * @throws UncheckedIOException when its directory cannot be created
     */
    public static EmbeddedMongo start(InetSocketAddress bind, Path dataFileOrNullForMemory) {
        MVStore store = open(dataFileOrNullForMemory);
        GroupCommit commits = new GroupCommit(store);
        try {
            return new EmbeddedMongo(store, commits, WireServer.start(bind, new DurableBackend(store, commits), commits));
        } catch (RuntimeException e) {
            commits.close();
            store.close();
            throw e;
        }
    }

    /** Where clients connect, without a database: {@code mongodb://host:port}. */
    public String connectionString() {
        InetAddress address = server.address().getAddress();
        InetAddress reachable = address.isAnyLocalAddress() ? InetAddress.getLoopbackAddress() : address;
        String host = reachable.getHostAddress();
        return "mongodb://" + (reachable instanceof Inet6Address ? "[" + host + "]" : host) + ":" + port();
    }

    public int port() {
        return server.address().getPort();
    }

    /** Closes the connections, commits what was carried out and closes the data file. */
    @Override
    public void close() {
        server.close();
        commits.close();
        store.close();
    }

    private static int cacheMegabytes() {
        long eighth = Runtime.getRuntime().maxMemory() / 8 / 1024 / 1024;
        return (int) Math.max(SMALLEST_CACHE_MEGABYTES, Math.min(LARGEST_CACHE_MEGABYTES, eighth));
    }

    private static MVStore open(Path file) {
        // The store must not commit by itself: it would not wait for a change to be complete.
        MVStore.Builder builder = new MVStore.Builder().autoCommitDisabled().autoCommitBufferSize(0)
                .cacheSize(cacheMegabytes()).pageSplitSize(PAGE_BYTES);
        if (file == null) {
            return builder.open();
        }
        try {
            Files.createDirectories(file.toAbsolutePath().getParent());
        } catch (IOException e) {
            throw new UncheckedIOException("Cannot create the directory of " + file, e);
        }
        try {
            MVStore store = builder.fileName(file.toString()).open();
            store.setRetentionTime(RETENTION_MILLIS);
            return store;
        } catch (MVStoreException e) {
            throw new IllegalStateException("Cannot open the data file " + file + "; is another server using it?", e);
        }
    }
}
