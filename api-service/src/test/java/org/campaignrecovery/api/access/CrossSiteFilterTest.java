package org.campaignrecovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class CrossSiteFilterTest {
    private static final String HERE = "shop.example:3000";

    @Test
    void toolsSendNeitherHeader() {
        assertThat(CrossSiteFilter.isCrossSite(null, null, HERE)).isFalse();
    }

    @Test
    void fetchMetadataDecidesWhereItIsSent() {
        assertThat(CrossSiteFilter.isCrossSite("same-origin", "http://proxy.example", HERE)).isFalse();
        assertThat(CrossSiteFilter.isCrossSite("none", null, HERE)).isFalse();
        assertThat(CrossSiteFilter.isCrossSite("same-site", "http://shop.example:3000", HERE)).isTrue();
        assertThat(CrossSiteFilter.isCrossSite("cross-site", null, HERE)).isTrue();
    }

    @Test
    void otherwiseTheOriginMustBeThisOne() {
        assertThat(CrossSiteFilter.isCrossSite(null, "http://shop.example:3000", HERE)).isFalse();
        assertThat(CrossSiteFilter.isCrossSite(null, "https://shop.example", HERE)).isTrue();
        assertThat(CrossSiteFilter.isCrossSite(null, "null", HERE)).isTrue();
        assertThat(CrossSiteFilter.isCrossSite(null, "::nonsense::", HERE)).isTrue();
    }
}
