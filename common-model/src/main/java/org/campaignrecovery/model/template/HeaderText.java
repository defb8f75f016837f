package org.campaignrecovery.model.template;

import java.util.regex.Pattern;

/** Text for a header of a message, where a line break would begin another header. */
public final class HeaderText {
    private static final Pattern BREAKS = Pattern.compile("[\\p{Cc}\\u2028\\u2029]+");

    private HeaderText() {
    }

    /** {@code text} with every run of control characters and line breaks made one space, without white space around it. */
    public static String singleLine(String text) {
        return BREAKS.matcher(text).replaceAll(" ").strip();
    }
}
