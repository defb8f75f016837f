package org.campaignrecovery.bench.rates;

import java.util.Locale;

/**
 * @param limit whose rate it is
 * @param perSecond of it
 * @param workers that are up
 * @param work who of them has some
 * @param customers of the campaign, {@link #OF_TWO_COUNTRIES} or so many listed ones; nine tenths of them or less can be reached by e-mail
 */
record RateCase(Limit limit, int perSecond, int workers, Work work, int customers) {
    /** Half of all. */
    static final int OF_TWO_COUNTRIES = 0;

    enum Limit {
        CAMPAIGN,
        PROVIDER
    }

    enum Work {
        ALL("all have work"),
        ONE("one has work"),
        DEATH("one is killed");

        private final String says;

        Work(String says) {
            this.says = says;
        }
    }

    String name() {
        return "%s %d/s, %d worker%s, %s".formatted(limit.name().toLowerCase(Locale.ROOT), perSecond, workers,
                workers == 1 ? "" : "s", work.says);
    }

    /** Whether the rate was shared, or was not, as it is called; chance gives the batches to workers, and may leave one out. */
    boolean sentAsMeant(int senders) {
        return workers == 1 || work == Work.ONE ? senders == 1 : senders > 1;
    }
}
