package org.campaignrecovery.worker.planning;

import static org.assertj.core.api.Assertions.assertThatNoException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PageLimitsTest {

    @ParameterizedTest
    @ValueSource(ints = {1, 500, PageLimits.MOST})
    void takesPagesThatFitIntoADocument(int customers) {
        assertThatNoException().isThrownBy(() -> PageLimits.require("page", customers));
    }

    @ParameterizedTest
    @ValueSource(ints = {-1, 0, PageLimits.MOST + 1})
    void refusesPagesThatCouldNeverBeStored(int customers) {
        assertThatThrownBy(() -> PageLimits.require("page", customers)).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("campaign.planning.page is %d: give a number of customers from 1 to 12000".formatted(customers));
    }

    @Test
    void namesTheSetting() {
        assertThatThrownBy(() -> PageLimits.require("first-page", 0)).hasMessageContaining("campaign.planning.first-page");
    }
}
