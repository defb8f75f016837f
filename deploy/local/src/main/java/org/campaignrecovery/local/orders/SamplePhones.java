package org.campaignrecovery.local.orders;

/**
 * Valid numbers, one a customer. As long as they suffice they are from 555-0100 to 555-0199, which belong to nobody; a larger audience takes
 * the rest of the exchange 555.
 */
final class SamplePhones {
    private static final int[] AREAS = {201, 202, 203, 205, 206, 207, 208, 209, 210, 212, 213, 214, 215, 216, 217, 218, 219, 301, 302, 303,
            304, 305, 307, 308, 309, 310, 312, 313, 314, 315, 316, 317, 318, 319, 401, 402, 404, 405, 406, 407};
    private static final int FAMILY_AREA = 408;
    private static final int FICTIONAL = 100;
    private static final int LINES = 10_000;

    private final boolean few;

    SamplePhones(int customers) {
        if (customers > AREAS.length * LINES) {
            throw new IllegalArgumentException("No more than " + AREAS.length * LINES + " customers have a number of their own");
        }
        this.few = customers < AREAS.length * FICTIONAL;
    }

    /** In E.164. */
    String own(int customer) {
        int line = few ? FICTIONAL + customer / AREAS.length : customer / AREAS.length;
        return number(AREAS[customer % AREAS.length], line);
    }

    /** A number that several customers share. */
    String family(int family) {
        return number(FAMILY_AREA, FICTIONAL + family);
    }

    private static String number(int area, int line) {
        return String.format("+1%03d555%04d", area, line);
    }
}
