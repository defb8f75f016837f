package org.campaignrecovery.model.address;

/** Text as people type, paste and import it. */
public final class RawText {
    private static final char BYTE_ORDER_MARK = '\uFEFF';
    private static final char ZERO_WIDTH_SPACE = '\u200B';

    private RawText() {
    }

    /**
     * What is left of {@code raw} without the white space around it, or null when nothing is left. Non-breaking and zero-width spaces
     * count as white space too: spreadsheets leave them behind, and a value of nothing else must not hide an older real one.
     */
    public static String stripOrNull(String raw) {
        if (raw == null) {
            return null;
        }
        int start = 0;
        int end = raw.length();
        while (start < end && blank(raw.charAt(start))) {
            start++;
        }
        while (start < end && blank(raw.charAt(end - 1))) {
            end--;
        }
        return start == end ? null : raw.substring(start, end);
    }

    private static boolean blank(char c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == BYTE_ORDER_MARK || c == ZERO_WIDTH_SPACE;
    }
}
