package org.campaignrecovery.bench;

import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * What a person asks for: {@code make bench SIZES=10000,100000}.
 *
 * @param sizes recipients of each campaign, about: made-up customers come with addresses that are shared or missing
 */
public record BenchSettings(List<Integer> sizes) {

    /**
     * @param usual sizes when nobody asks for others
     * @throws IllegalArgumentException naming what is no number
     */
    public static BenchSettings of(Map<String, String> environment, String usual) {
        String sizes = environment.getOrDefault("SIZES", "");
        return new BenchSettings(
                Arrays.stream((sizes.isBlank() ? usual : sizes).split(",")).map(String::trim).map(BenchSettings::size).toList());
    }

    private static int size(String text) {
        try {
            int size = Integer.parseInt(text);
            if (size > 0) {
                return size;
            }
        } catch (NumberFormatException e) {
            // said below
        }
        throw new IllegalArgumentException("SIZES must be numbers of recipients, like 10000,100000, not \"" + text + "\".");
    }
}
