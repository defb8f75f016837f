package org.campaignrecovery.model.address;

import org.campaignrecovery.model.channel.Channel;

import com.google.i18n.phonenumbers.PhoneNumberUtil;

/**
 * Brings raw contact values to the one form in which an address is an identity. A run freezes {@link #VERSION} and the region when it
 * begins: two workers that normalise differently would derive two delivery ids, and send two messages, for one address.
 */
public final class AddressNormaliser {
    /** Raised with every change, also of a library, that gives any text another normal form. */
    public static final int VERSION = 1;

    private final String defaultRegion;

    /**
     * @param defaultRegion ISO 3166 code, upper case, of the region for phone numbers that name no country
     * @throws IllegalArgumentException for a region that has no phone numbers
     */
    public AddressNormaliser(String defaultRegion) {
        if (!PhoneNumberUtil.getInstance().getSupportedRegions().contains(defaultRegion)) {
            throw new IllegalArgumentException("'%s' is not a region for phone numbers; use a code like US or GB".formatted(defaultRegion));
        }
        this.defaultRegion = defaultRegion;
    }

    public Normalised normalise(Channel channel, String rawOrNull) {
        if (RawText.stripOrNull(rawOrNull) == null) {
            return Normalised.NONE;
        }
        return switch (channel) {
            case EMAIL -> Normalised.of(EmailAddress.parse(rawOrNull).map(EmailAddress::text));
            case SMS -> Normalised.of(PhoneNumber.parse(rawOrNull, defaultRegion).map(PhoneNumber::text));
        };
    }
}
