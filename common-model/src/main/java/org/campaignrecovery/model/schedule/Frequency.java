package org.campaignrecovery.model.schedule;

import java.time.LocalDate;

import org.campaignrecovery.model.Wire;

/** The simple ways to repeat: at the start's time of day, on every day, on the start's weekday, or on the start's day of the month. */
public enum Frequency implements Wire {
    DAILY("daily"),
    WEEKLY("weekly"),
    MONTHLY("monthly");

    private static final int SHORTEST_MONTH = 28;

    private final String wire;

    Frequency(String wire) {
        this.wire = wire;
    }

    @Override
    public String wire() {
        return wire;
    }

    /**
     * The same as a rule. A monthly campaign that starts on the 29th, 30th or 31st runs on the last day of the months that are too short
     * for it, where RFC 5545 by itself would leave those months out: who asks for a campaign a month expects twelve a year.
     */
    RecurrenceRule from(LocalDate start) {
        return RecurrenceRule.parse(switch (this) {
            case DAILY -> "FREQ=DAILY";
            case WEEKLY -> "FREQ=WEEKLY";
            case MONTHLY -> monthly(start.getDayOfMonth());
        });
    }

    private static String monthly(int day) {
        if (day <= SHORTEST_MONTH) {
            return "FREQ=MONTHLY";
        }
        StringBuilder days = new StringBuilder().append(SHORTEST_MONTH);
        for (int later = SHORTEST_MONTH + 1; later <= day; later++) {
            days.append(',').append(later);
        }
        return "FREQ=MONTHLY;BYMONTHDAY=" + days + ";BYSETPOS=-1";
    }
}
