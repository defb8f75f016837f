package org.campaignrecovery.local.orders;

import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStreamWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

import org.bson.Document;

/** {@code make sample FILE=orders.ndjson.gz [CUSTOMERS=n] [SEED=n]}: writes sample orders to a file for {@code make import}. */
public final class SampleMain {
    private SampleMain() {
    }

    public static void main(String[] arguments) throws IOException {
        SampleOrders orders = new SampleOrders(Long.parseLong(arguments[2]), Integer.parseInt(arguments[1]));
        try (var out = new BufferedWriter(
                new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(Path.of(arguments[0]))), StandardCharsets.UTF_8))) {
            for (Document order : orders) {
                out.write(order.toJson());
                out.write('\n');
            }
        }
        System.out.println(arguments[0] + ": e-mail " + orders.email() + ", SMS " + orders.sms());
    }
}
