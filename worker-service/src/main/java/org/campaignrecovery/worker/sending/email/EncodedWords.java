package org.campaignrecovery.worker.sending.email;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.StringJoiner;

/**
 * Header text in encoded words (RFC 2047). The mail client encodes by itself, but takes a character beyond U+FFFF, an emoji for instance,
 * for two and makes question marks of them.
 */
final class EncodedWords {
    /** Bytes whose Base64 fits into the 75 characters of a word. */
    private static final int BYTES = 45;

    private EncodedWords() {
    }

    /** {@code text} itself when the mail client can be trusted with it. */
    static String of(String text) {
        return text == null || text.chars().noneMatch(c -> Character.isSurrogate((char) c)) ? text : encode(text);
    }

    private static String encode(String text) {
        StringJoiner words = new StringJoiner(" ");
        StringBuilder word = new StringBuilder();
        text.codePoints().forEach(character -> {
            String next = Character.toString(character);
            if ((word + next).getBytes(UTF_8).length > BYTES) {
                words.add(word(word));
                word.setLength(0);
            }
            word.append(next);
        });
        return words.add(word(word)).toString();
    }

    private static String word(CharSequence text) {
        return "=?UTF-8?B?" + Base64.getEncoder().encodeToString(text.toString().getBytes(UTF_8)) + "?=";
    }
}
