package org.campaignrecovery.model.rate;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class GroupSizeTest {

    @ParameterizedTest
    @CsvSource({"1, 16, 8", "50, 16, 8", "75, 16, 12", "100, 16, 16", "500, 16, 16", "2147483647, 16, 16", "10, 8, 4", "1, 1, 1", "1, 3, 2",
            "50, 64, 32", "500, 64, 64"})
    void slowRatesHaveSmallerGroups(int perSecond, int most, int size) {
        assertThat(GroupSize.under(perSecond, most)).isEqualTo(size);
    }
}
