package org.campaignrecovery.local.orders;

import java.util.List;
import java.util.Locale;

/** The ways in which shops write one address down; all have the same normal form. */
final class SampleSpelling {
    private static final int COUNTRY_CODE = 2;

    private SampleSpelling() {
    }

    /** @param address lower-case; null has none */
    static List<String> ofEmail(String address) {
        if (address == null) {
            return List.of();
        }
        String capital = address.substring(0, 1).toUpperCase(Locale.ROOT) + address.substring(1).replace("customers", "Customers");
        return List.of(address, address, address, capital, "  " + capital + " ", address.toUpperCase(Locale.ROOT));
    }

    /** @param number a North American number in E.164; anything else is left as it is */
    static List<String> ofPhone(String number) {
        if (number == null || !number.matches("\\+1\\d{10}")) {
            return number == null ? List.of() : List.of(number);
        }
        String area = number.substring(COUNTRY_CODE, 5);
        String exchange = number.substring(5, 8);
        String line = number.substring(8);
        return List.of(number, number, "(" + area + ") " + exchange + "-" + line, "1-" + area + "-" + exchange + "-" + line,
                " " + area + "." + exchange + "." + line);
    }
}
