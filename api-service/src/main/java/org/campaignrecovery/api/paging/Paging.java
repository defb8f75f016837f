package org.campaignrecovery.api.paging;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;

import org.campaignrecovery.api.problem.ProblemType;

/**
 * Which part of a list is asked for.
 *
 * @param after id after which it begins, or null for the beginning
 * @param limit at most so many
 */
public record Paging(String after, int limit) {
    public static final int DEFAULT_LIMIT = 50;
    public static final int MAX_LIMIT = 500;
    private static final String VERSION = "1:";

    /** Reads {@code ?limit=&cursor=}; what cannot be read is a problem that says how it should be. */
    public static Paging of(String limit, String cursor) {
        return new Paging(after(cursor), limit(limit));
    }

    /** An opaque name of the position after {@code id}. */
    static String cursor(String id) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString((VERSION + id).getBytes(UTF_8));
    }

    /** One more than asked for tells whether there is more. */
    public int oneMore() {
        return limit + 1;
    }

    private static int limit(String limit) {
        if (limit == null || limit.isEmpty()) {
            return DEFAULT_LIMIT;
        }
        if (!limit.matches("[0-9]{1,9}") || Integer.parseInt(limit) < 1 || Integer.parseInt(limit) > MAX_LIMIT) {
            throw ProblemType.BAD_REQUEST.problem("limit must be a whole number from 1 to " + MAX_LIMIT);
        }
        return Integer.parseInt(limit);
    }

    private static String after(String cursor) {
        if (cursor == null || cursor.isEmpty()) {
            return null;
        }
        try {
            String text = new String(Base64.getUrlDecoder().decode(cursor), UTF_8);
            if (text.startsWith(VERSION)) {
                return text.substring(VERSION.length());
            }
        } catch (IllegalArgumentException e) {
            // said below
        }
        throw ProblemType.BAD_REQUEST.problem("cursor must be the value of next of an earlier answer");
    }
}
