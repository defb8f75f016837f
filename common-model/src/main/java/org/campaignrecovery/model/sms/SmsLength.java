package org.campaignrecovery.model.sms;

/**
 * What a text counts as an SMS: providers charge and limit by segments.
 *
 * @param units of the encoding
 * @param segments at least 1
 */
public record SmsLength(SmsEncoding encoding, int units, int segments) {
    /** 3GPP TS 23.038, 6.2.1: the default alphabet, without the escape. */
    private static final String BASIC = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?"
            + "¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";
    /** 6.2.1.1: each behind an escape. */
    private static final String EXTENSION = "\f^{}\\[~]|€";

    public static SmsLength of(String text) {
        boolean plain = text.chars().allMatch(unit -> BASIC.indexOf(unit) >= 0 || EXTENSION.indexOf(unit) >= 0);
        return plain ? measure(SmsEncoding.GSM_7, text) : measure(SmsEncoding.UCS_2, text);
    }

    private static SmsLength measure(SmsEncoding encoding, String text) {
        int units = 0;
        int segments = 1;
        int inSegment = 0;
        for (int at = 0; at < text.length();) {
            int size = size(encoding, text, at);
            if (inSegment + size > encoding.joined()) {
                segments++;
                inSegment = 0;
            }
            inSegment += size;
            units += size;
            at += encoding == SmsEncoding.UCS_2 ? size : 1;
        }
        return new SmsLength(encoding, units, units <= encoding.alone() ? 1 : segments);
    }

    /** Units of the character there, which is never divided between two segments. */
    private static int size(SmsEncoding encoding, String text, int at) {
        return encoding == SmsEncoding.UCS_2
                ? Character.charCount(text.codePointAt(at))
                : EXTENSION.indexOf(text.charAt(at)) >= 0 ? 2 : 1;
    }
}
