package org.campaignrecovery.local.orders;

import java.util.List;
import java.util.SplittableRandom;

/** What one field of contact data (e-mail or phone) of one customer is like, and what each of the customer's orders says about it. */
final class SampleContact {
    /** {@code STALE}: older orders name an address that is no longer valid for them; {@code FADED}: the newest order is blank. */
    enum Kind {
        VALID,
        STALE,
        FADED,
        SHARED,
        MISSING,
        INVALID
    }

    private final Kind kind;
    private final String address;

    SampleContact(Kind kind, String address) {
        this.kind = kind;
        this.address = address;
    }

    Kind kind() {
        return kind;
    }

    /** The address that counts, in its normal form; an invalid one as it stands; null when there is none. */
    String address() {
        return kind == Kind.MISSING ? null : address;
    }

    boolean isReachable() {
        return kind != Kind.MISSING && kind != Kind.INVALID;
    }

    /**
     * The field's value in an order; null leaves the field out.
     *
     * @param older an address that only {@code STALE} ones had before
     * @param spellings of the address, one of which is chosen
     */
    String value(boolean newest, String older, List<String> spellings, SplittableRandom random) {
        return switch (kind) {
            case MISSING -> random.nextBoolean() ? null : " ".repeat(random.nextInt(3));
            case INVALID -> address;
            case STALE -> newest ? address : older;
            case FADED -> newest ? "" : pick(spellings, random);
            case VALID, SHARED -> pick(spellings, random);
        };
    }

    static String pick(List<String> choices, SplittableRandom random) {
        return choices.get(random.nextInt(choices.size()));
    }
}
