package org.campaignrecovery.local.mongo;

import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.bson.Document;

/** What the library gets wrong about writes of several documents. */
final class WriteCommands {

    private WriteCommands() {
    }

    /** The library counts the refused documents as inserted, too. */
    static Document insert(Document command, UnaryOperator<Document> library) {
        Document response = library.apply(command);
        if (response.get("writeErrors") instanceof List<?> errors && !errors.isEmpty()) {
            int requested = ((List<?>) command.get("documents")).size();
            int firstError = (Integer) ((Document) errors.get(0)).get("index");
            response.put("n", isOrdered(command) ? firstError : requested - errors.size());
        }
        return response;
    }

    /** The library goes on after an error when it should stop. */
    static Document update(Document command, UnaryOperator<Document> library) {
        List<?> updates = (List<?>) command.get("updates");
        if (updates.size() == 1 || !isOrdered(command)) {
            return library.apply(command);
        }
        Document total = new Document("n", 0).append("nModified", 0);
        List<Document> upserted = new ArrayList<>();
        for (int i = 0; i < updates.size() && !total.containsKey("writeErrors"); i++) {
            Document single = command.clone();
            single.put("updates", List.of(updates.get(i)));
            Document response = library.apply(single);
            add(total, response, "n");
            add(total, response, "nModified");
            upserted.addAll(renumbered(response, "upserted", i));
            if (response.containsKey("writeErrors")) {
                total.put("writeErrors", renumbered(response, "writeErrors", i));
            }
        }
        if (!upserted.isEmpty()) {
            total.put("upserted", upserted);
        }
        Utils.markOkay(total);
        return total;
    }

    private static boolean isOrdered(Document command) {
        return !command.containsKey("ordered") || Utils.isTrue(command.get("ordered"));
    }

    private static void add(Document total, Document response, String count) {
        total.put(count, (Integer) total.get(count) + (Integer) response.get(count));
    }

    private static List<Document> renumbered(Document response, String field, int index) {
        List<Document> renumbered = new ArrayList<>();
        if (response.get(field) instanceof Iterable<?> entries) {
            for (Object entry : entries) {
                Document copy = ((Document) entry).clone();
                copy.put("index", index);
                renumbered.add(copy);
            }
        }
        return renumbered;
    }
}
