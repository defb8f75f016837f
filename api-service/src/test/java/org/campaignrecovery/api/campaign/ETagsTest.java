package org.campaignrecovery.api.campaign;

import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.junit.jupiter.api.Test;

import io.quarkiverse.resteasy.problem.HttpProblem;

class ETagsTest {
    private final CampaignDocument campaign = new CampaignDocument();

    ETagsTest() {
        campaign.rev = 7;
    }

    @Test
    void theRevisionThatWasReadMatches() {
        for (String tag : new String[]{null, "*", "\"7\"", "W/\"7\"", "\"3\", \"7\""}) {
            assertThatCode(() -> ETags.require(tag, campaign)).doesNotThrowAnyException();
        }
    }

    @Test
    void anotherDoesNot() {
        for (String tag : new String[]{"\"6\"", "7", "\"77\""}) {
            assertThatThrownBy(() -> ETags.require(tag, campaign)).isInstanceOfSatisfying(HttpProblem.class,
                    problem -> org.assertj.core.api.Assertions.assertThat(problem.getStatusCode()).isEqualTo(412));
        }
    }
}
