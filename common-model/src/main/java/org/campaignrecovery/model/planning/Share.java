package org.campaignrecovery.model.planning;

import java.util.List;
import java.util.Map;

/**
 * Which of the deliveries that a page wants became those of its batch: inserting them is the deduplication, and the ones that were there
 * already say whose they are. The same for whoever carries the page out, however often.
 *
 * @param own the deliveries that name the batch
 * @param duplicates how many belong to another batch
 */
public record Share(List<String> own, int duplicates) {

    /**
     * @param wanted ids of deliveries, each once
     * @param existing for each of them that was there already the batch that it names
     */
    public static Share of(String batch, List<String> wanted, Map<String, String> existing) {
        List<String> own = wanted.stream().filter(id -> batch.equals(existing.getOrDefault(id, batch))).toList();
        return new Share(own, wanted.size() - own.size());
    }
}
