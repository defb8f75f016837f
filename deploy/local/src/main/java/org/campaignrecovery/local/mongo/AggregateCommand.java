package org.campaignrecovery.local.mongo;

import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import de.bwaldvogel.mongo.MongoDatabase;
import de.bwaldvogel.mongo.backend.DatabaseResolver;
import de.bwaldvogel.mongo.backend.QueryResult;
import de.bwaldvogel.mongo.backend.Utils;
import de.bwaldvogel.mongo.backend.aggregation.Aggregation;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.oplog.Oplog;

/**
 * Aggregations whose first {@code $match} and {@code $sort} are answered like a query, that is by index, and whose result
 * comes in batches. The library reads the whole collection for each, even to count a single document.
 */
final class AggregateCommand {

    private static final Set<String> LEFT_TO_THE_LIBRARY = Set.of("$changeStream", "$indexStats", "$out", "$merge");

    private AggregateCommand() {
    }

    static boolean canHandle(List<Document> pipeline) {
        return pipeline.stream().noneMatch(stage -> stage.keySet().stream().anyMatch(LEFT_TO_THE_LIBRARY::contains));
    }

    static Document run(Document command, List<Document> pipeline, DurableCollection collection, MongoDatabase database,
            DatabaseResolver databases, Oplog oplog) {
        int done = 0;
        Document filter = new Document();
        Document order = new Document();
        if (done < pipeline.size() && pipeline.get(done).get("$match") instanceof Document match) {
            filter = match;
            done++;
        }
        if (done < pipeline.size() && pipeline.get(done).get("$sort") instanceof Document sort) {
            order = sort;
            done++;
        }
        Aggregation rest = Aggregation.fromPipeline(pipeline.subList(done, pipeline.size()), databases, database, collection, oplog);
        rest.validate(command);
        Stream<Document> found = collection.handleQueryAsStream(new Document("$query", filter).append("$orderby", order));
        Iterator<Document> results = rest.runStagesAsStream(found).iterator();
        int batchSize = Batches.size(((Document) command.get("cursor")).get("batchSize"), Batches.FIRST);
        return response(collection.getFullName(), collection.page(results, batchSize));
    }

    private static Document response(String namespace, QueryResult page) {
        Document cursor = new Document("id", page.getCursorId()).append("ns", namespace).append("firstBatch", page.collectDocuments());
        Document response = new Document("cursor", cursor);
        Utils.markOkay(response);
        return response;
    }
}
