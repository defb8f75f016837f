package org.campaignrecovery.local.orders;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

import org.campaignrecovery.local.directory.EnvFile;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.logging.QuietLogging;

import com.mongodb.MongoException;

/** {@code make import FILE=orders.ndjson.gz}: into {@code MONGO_URI}, or into the stack that runs. */
public final class ImportMain {
    private static final int SHOWN_COMPLAINTS = 50;

    private ImportMain() {
    }

    public static void main(String[] arguments) throws IOException {
        QuietLogging.install();
        Path file = Path.of(arguments.length == 0 ? "" : arguments[0]);
        if (!Files.isRegularFile(file)) {
            fail("Which file? make import FILE=orders.ndjson.gz" + (arguments.length == 0 ? "" : " (" + file + " is not a file)"));
        }
        Map<String, String> environment = new HashMap<>(EnvFile.read(LocalDirectory.of(System.getenv()).stackEnv()));
        environment.putAll(System.getenv());
        long start = System.nanoTime();
        int[] complaints = new int[1];
        try (OrdersCollection orders = OrdersCollection.open(environment)) {
            OrderImport.Totals totals = new OrderImport(orders.collection(), complaint -> {
                if (complaints[0]++ < SHOWN_COMPLAINTS) {
                    System.err.println(file + ": " + complaint);
                }
            }).load(file);
            System.out.printf("%,d orders loaded into %s, %,d bad lines, %.1f s%n", totals.loaded(), orders.collection().getNamespace(),
                    totals.bad(), (System.nanoTime() - start) / 1e9);
        } catch (IllegalArgumentException | MongoException | IOException e) {
            fail(e.getMessage());
        }
    }

    private static void fail(String message) {
        System.err.println(message);
        System.exit(1);
    }
}
