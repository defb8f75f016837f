package org.campaignrecovery.chaos;

import java.util.Map;

import org.campaignrecovery.chaos.round.Plan;

/**
 * What a person asks for: {@code make chaos SEED=7 ROUNDS=20 RECIPIENTS=20000}.
 *
 * @param seed of the first round; each further one has the next
 * @param recipients customers in the orders; a tenth or so of them cannot be reached
 * @param brief the short round that is part of the tests, instead of the usual ones
 * @param kills more than 0: instead of the usual rounds one campaign by e-mail, during which so many workers are killed
 */
public record ChaosSettings(long seed, int rounds, int recipients, boolean brief, int kills) {
    private static final int USUAL = 20_000;
    private static final int BRIEF = 1_500;
    /** A tenth or so cannot be reached by e-mail, and the campaign is to have 100,000. */
    private static final int BY_KILLS = 118_000;

    /** @throws IllegalArgumentException naming the variable that is no number */
    public static ChaosSettings of(Map<String, String> environment) {
        int kills = (int) number(environment, "KILLS", 0);
        boolean brief = !environment.getOrDefault("BRIEF", "").isBlank();
        int usual = kills > 0 ? BY_KILLS : brief ? BRIEF : USUAL;
        return new ChaosSettings(number(environment, "SEED", 1), (int) number(environment, "ROUNDS", 1),
                (int) number(environment, "RECIPIENTS", usual), brief, kills);
    }

    Plan plan(long roundSeed) {
        if (kills > 0) {
            return Plan.kills(roundSeed, kills);
        }
        return brief ? Plan.brief(roundSeed, recipients) : Plan.usual(roundSeed, recipients);
    }

    private static long number(Map<String, String> environment, String variable, long otherwise) {
        String value = environment.getOrDefault(variable, "");
        try {
            return value.isBlank() ? otherwise : Long.parseLong(value.trim());
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException(variable + " must be a number, not \"" + value + "\".");
        }
    }
}
