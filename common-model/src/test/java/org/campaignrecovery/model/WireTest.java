package org.campaignrecovery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;

import org.campaignrecovery.model.batch.BatchState;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.campaign.CampaignType;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.DeliveryState;
import org.campaignrecovery.model.delivery.OnDoubt;
import org.campaignrecovery.model.planning.PageState;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

/** Stored documents and other people's programs know these names: a test that fails here asks for a migration, not for new names. */
class WireTest {

    @Test
    void theNamesAreThoseOfTheDesign() {
        assertNames(Channel.class, "email", "sms");
        assertNames(CampaignType.class, "bulk", "recurring");
        assertNames(OnDoubt.class, "hold", "resend");
        assertNames(BatchState.class, "ready", "leased", "done");
        assertNames(PageState.class, "planning", "planned", "end");
        assertNames(RunState.class, "planning", "sending", "completed", "cancelled", "failed", "missed");
        assertNames(DeliveryState.class, "pending", "sending", "retry_wait", "sent", "failed", "suppressed", "cancelled", "in_doubt");
        assertNames(CampaignStatus.class, "draft", "pending_approval", "rejected", "approved", "scheduled", "processing", "running",
                "paused",
                "missed", "failed", "completed", "cancelled");
    }

    @Test
    void anUnknownNameIsRefusedWithTheKnownOnes() {
        assertThatThrownBy(() -> Wire.parse(Channel.class, "EMAIL")).isInstanceOf(IllegalArgumentException.class)
                .hasMessage("'EMAIL' is not one of [email, sms]");
        assertThatThrownBy(() -> Wire.parse(Channel.class, null)).isInstanceOf(IllegalArgumentException.class);
    }

    private static <E extends Enum<E> & Wire> void assertNames(Class<E> type, String... names) {
        assertThat(type.getEnumConstants()).extracting(Wire::wire).containsExactly(names);
        assertThat(Arrays.stream(names).map(name -> Wire.parse(type, name))).isEqualTo(List.of(type.getEnumConstants()));
    }
}
