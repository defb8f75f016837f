package org.campaignrecovery.model.address;

import java.util.Optional;

import com.google.i18n.phonenumbers.NumberParseException;
import com.google.i18n.phonenumbers.PhoneNumberUtil;
import com.google.i18n.phonenumbers.PhoneNumberUtil.PhoneNumberFormat;

/** A phone number that libphonenumber calls valid, in E.164: {@code +} and up to 15 digits. */
public final class PhoneNumber {
    private final String text;

    private PhoneNumber(String text) {
        this.text = text;
    }

    /**
     * The number that {@code raw} writes, or empty when it writes none that can be dialled.
     *
     * @param defaultRegion ISO 3166 code of the region whose national notation {@code raw} uses when it names no country
     */
    public static Optional<PhoneNumber> parse(String raw, String defaultRegion) {
        String stripped = RawText.stripOrNull(raw);
        if (stripped == null) {
            return Optional.empty();
        }
        PhoneNumberUtil numbers = PhoneNumberUtil.getInstance();
        try {
            var number = numbers.parse(stripped, defaultRegion);
            return numbers.isValidNumber(number)
                    ? Optional.of(new PhoneNumber(numbers.format(number, PhoneNumberFormat.E164)))
                    : Optional.empty();
        } catch (NumberParseException e) {
            return Optional.empty();
        }
    }

    /** The number in E.164. */
    public String text() {
        return text;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof PhoneNumber that && text.equals(that.text);
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
