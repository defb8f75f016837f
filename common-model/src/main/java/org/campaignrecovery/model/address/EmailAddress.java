package org.campaignrecovery.model.address;

import java.net.IDN;
import java.util.Locale;
import java.util.Optional;

/**
 * An e-mail address in its one normal form: no white space around it, lower case, an international domain in its ASCII form. Two texts
 * that reach the same mailbox at any provider worth the name have one normal form, which is what makes it an identity.
 *
 * <p>Accepted is what real mail uses of RFC 5321: {@code dot-atom@domain}, at most 64 and 255 octets and 254 in all (a path of 256 less
 * its angle brackets), labels of letters, digits and inner hyphens, at least two labels, the last not all digits. Quoted local parts,
 * address literals, comments and non-ASCII local parts (RFC 6531, which many servers refuse) are not addresses here.
 */
public final class EmailAddress {
    private static final int MAX_LOCAL = 64;
    private static final int MAX_DOMAIN = 255;
    private static final int MAX_LABEL = 63;
    private static final int MAX_ADDRESS = 254;
    private static final String LOCAL_PUNCTUATION = "!#$%&'*+-/=?^_`{|}~";

    private final String text;

    private EmailAddress(String text) {
        this.text = text;
    }

    /** The address that {@code raw} writes, or empty when it writes none. */
    public static Optional<EmailAddress> parse(String raw) {
        String stripped = RawText.stripOrNull(raw);
        if (stripped == null) {
            return Optional.empty();
        }
        int at = stripped.lastIndexOf('@');
        if (at < 0) {
            return Optional.empty();
        }
        String local = stripped.substring(0, at);
        // Checked before the case is folded: folding turns some foreign letters into ASCII ones, which would be somebody else's mailbox.
        if (!isLocalPart(local)) {
            return Optional.empty();
        }
        return asciiDomain(stripped.substring(at + 1)).map(domain -> local.toLowerCase(Locale.ROOT) + "@" + domain)
                .filter(address -> address.length() <= MAX_ADDRESS).map(EmailAddress::new);
    }

    /** The normalised text, which {@link #parse} maps to itself. */
    public String text() {
        return text;
    }

    private static boolean isLocalPart(String local) {
        if (local.isEmpty() || local.length() > MAX_LOCAL || local.startsWith(".") || local.endsWith(".") || local.contains("..")) {
            return false;
        }
        return local.chars().allMatch(c -> c == '.' || isLetterOrDigit(c) || LOCAL_PUNCTUATION.indexOf(c) >= 0);
    }

    private static Optional<String> asciiDomain(String domain) {
        String ascii;
        try {
            ascii = isAscii(domain) ? domain.toLowerCase(Locale.ROOT) : IDN.toASCII(domain).toLowerCase(Locale.ROOT);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        return isDomain(ascii) ? Optional.of(ascii) : Optional.empty();
    }

    private static boolean isAscii(String text) {
        return text.chars().allMatch(c -> c < 0x80);
    }

    private static boolean isDomain(String domain) {
        if (domain.length() > MAX_DOMAIN) {
            return false;
        }
        String[] labels = domain.split("\\.", -1);
        for (String label : labels) {
            if (!isLabel(label)) {
                return false;
            }
        }
        return labels.length >= 2 && !labels[labels.length - 1].chars().allMatch(c -> c >= '0' && c <= '9');
    }

    private static boolean isLabel(String label) {
        return !label.isEmpty() && label.length() <= MAX_LABEL && !label.startsWith("-") && !label.endsWith("-")
                && label.chars().allMatch(c -> c == '-' || isLetterOrDigit(c));
    }

    private static boolean isLetterOrDigit(int c) {
        return c >= 'a' && c <= 'z' || c >= 'A' && c <= 'Z' || c >= '0' && c <= '9';
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof EmailAddress that && text.equals(that.text);
    }

    @Override
    public int hashCode() {
        return text.hashCode();
    }

    @Override
    public String toString() {
        return text;
    }
}
