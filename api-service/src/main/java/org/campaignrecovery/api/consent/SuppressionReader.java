package org.campaignrecovery.api.consent;

import java.util.Arrays;
import java.util.function.Consumer;
import java.util.stream.Collectors;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.schedule.ScheduleConfig;
import org.campaignrecovery.ledger.consent.SuppressionDocument;
import org.campaignrecovery.model.Wire;
import org.campaignrecovery.model.address.AddressNormaliser;
import org.campaignrecovery.model.address.Normalised;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.consent.SuppressionReason;

/** Reads what people and files say about an address into the form in which it stands on the list. */
@ApplicationScoped
class SuppressionReader {
    static final int LONGEST_NOTE = 500;

    private final Suppressions suppressions;
    private final AddressNormaliser normaliser;

    SuppressionReader(Suppressions suppressions, ScheduleConfig config) {
        this.suppressions = suppressions;
        this.normaliser = new AddressNormaliser(config.defaultRegion());
    }

    /** What is wrong with one of the values, and with which. */
    @FunctionalInterface
    interface Complaints {
        void about(String field, String message);
    }

    /**
     * @param reason null or blank for {@link SuppressionReason#OPERATOR}
     * @param note null or blank for none
     * @return null when something is wrong, which {@code complaints} has heard
     */
    SuppressionDocument read(String channel, String address, String reason, String note, String by, Complaints complaints) {
        Channel on = named(Channel.class, channel, message -> complaints.about("channel", message));
        SuppressionReason why = isBlank(reason)
                ? SuppressionReason.OPERATOR
                : named(SuppressionReason.class, reason, message -> complaints.about("reason", message));
        Normalised normalised = on == null ? Normalised.INVALID : normaliser.normalise(on, address);
        if (on != null && !normalised.isValid()) {
            complaints.about("address", normalised == Normalised.NONE
                    ? "is missing"
                    : on == Channel.EMAIL ? "is not an e-mail address" : "is not a phone number; write it as +442079460000");
        }
        boolean tooLong = note != null && note.length() > LONGEST_NOTE;
        if (tooLong) {
            complaints.about("note", "may have up to %d characters".formatted(LONGEST_NOTE));
        }
        return on == null || why == null || !normalised.isValid() || tooLong
                ? null
                : suppressions.made(on, normalised.address(), why, by, null, isBlank(note) ? null : note.strip());
    }

    private static <E extends Enum<E> & Wire> E named(Class<E> type, String name, Consumer<String> complaint) {
        String given = name == null ? "" : name.strip();
        return Arrays.stream(type.getEnumConstants()).filter(one -> one.wire().equals(given)).findFirst().orElseGet(() -> {
            complaint.accept("must be among "
                    + Arrays.stream(type.getEnumConstants()).map(Wire::wire).collect(Collectors.joining(", ")));
            return null;
        });
    }

    private static boolean isBlank(String text) {
        return text == null || text.isBlank();
    }
}
