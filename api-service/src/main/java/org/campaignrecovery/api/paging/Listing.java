package org.campaignrecovery.api.paging;

import java.util.List;
import java.util.function.Function;

import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * A part of a list.
 *
 * @param next the cursor of the following part, or null at the end
 */
@JsonInclude(JsonInclude.Include.ALWAYS)
@Schema(requiredProperties = {"items"})
public record Listing<T>(List<T> items, @Schema(nullable = true) String next) {

    /** The first {@code limit} of what was found, where one more was asked for to know whether there is more. */
    public static <D> Listing<D> of(List<D> found, int limit, Function<D, String> id) {
        boolean more = found.size() > limit;
        List<D> items = more ? found.subList(0, limit) : found;
        return new Listing<>(items, more ? Paging.cursor(id.apply(items.get(limit - 1))) : null);
    }

    public <R> Listing<R> map(Function<T, R> mapping) {
        return new Listing<>(items.stream().map(mapping).toList(), next);
    }
}
