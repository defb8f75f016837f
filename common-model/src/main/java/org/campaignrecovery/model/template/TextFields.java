package org.campaignrecovery.model.template;

import java.util.Collection;
import java.util.Iterator;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import com.samskivert.mustache.Mustache;

/** Lets templates see a map's texts and nothing else: the engine's own collectors would call methods of whatever they are given. */
final class TextFields implements Mustache.Collector {

    /** Nothing repeats; the engine asks with an empty collection for a section whose field is missing. */
    @Override
    public Iterator<?> toIterator(Object value) {
        return value instanceof Collection<?> none ? none.iterator() : null;
    }

    /** Null, not here, for a text: inside a section the engine looks into the section's own value before it looks into the map. */
    @Override
    public Mustache.VariableFetcher createFetcher(Object context, String name) {
        return context instanceof Map ? (map, field) -> textOrNull(((Map<?, ?>) map).get(field)) : null;
    }

    @Override
    public <K, V> Map<K, V> createFetcherCache() {
        return new ConcurrentHashMap<>();
    }

    private static Object textOrNull(Object value) {
        return value instanceof String text && !text.isBlank() ? text : null;
    }
}
