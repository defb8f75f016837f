package org.campaignrecovery.model.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class ClaimResultTest {

    @Test
    void aWholeGroupIsOursWithoutAnotherLook() {
        assertThat(ClaimResult.of(16, 16)).isEqualTo(ClaimResult.ALL_MINE);
    }

    @Test
    void ofAPartTheLedgerMustSayWhich() {
        assertThat(ClaimResult.of(16, 15)).isEqualTo(ClaimResult.READ_BACK);
        assertThat(ClaimResult.of(16, 0)).isEqualTo(ClaimResult.READ_BACK);
    }

    @Test
    void moreThanAskedForCannotBe() {
        assertThatThrownBy(() -> ClaimResult.of(16, 17)).isInstanceOf(IllegalArgumentException.class);
    }
}
