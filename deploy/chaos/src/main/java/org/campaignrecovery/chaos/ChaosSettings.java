package org.campaignrecovery.chaos;

import java.util.Map;

/**
 * What a person asks for: {@code make chaos SEED=7 ROUNDS=20 RECIPIENTS=20000}.
 *
 * @param seed of the first round; each further one has the next
 * @param recipients customers in the orders; a tenth or so of them cannot be reached
 * @param kills more than 0: instead of the usual rounds one campaign by e-mail, during which so many workers are killed
 */
public record ChaosSettings(long seed, int rounds, int recipients, int kills) {

    /** @throws IllegalArgumentException naming the variable that is no number */
    public static ChaosSettings of(Map<String, String> environment) {
        int kills = (int) number(environment, "KILLS", 0);
        return new ChaosSettings(number(environment, "SEED", 1), (int) number(environment, "ROUNDS", 1),
                (int) number(environment, "RECIPIENTS", kills > 0 ? 100_000 : 20_000), kills);
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
