package org.campaignrecovery.worker.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.worker.batch.BatchSlots.Need;
import org.junit.jupiter.api.Test;

import io.smallrye.config.SmallRyeConfigBuilder;

class BatchSlotsTest {
    private final BatchSlots slots = new BatchSlots(new SmallRyeConfigBuilder().addDiscoveredConverters().withMapping(BatchConfig.class)
            .withDefaultValue("campaign.lease.slots", "3").withDefaultValue("campaign.lease.rescue-slots", "5").build()
            .getConfigMapping(BatchConfig.class));

    @Test
    void whatNobodyHasBegunTakesTheUsualSlots() {
        assertThat(taken(Need.NEW)).isEqualTo(3);
        assertThat(slots.free(Channel.EMAIL)).isZero();
        assertThat(slots.free(Channel.SMS)).as("each channel has its own").isEqualTo(3);
    }

    /** Or whoever is there when workers are told to stop gathers everything, and those that come instead have nothing to do. */
    @Test
    void whatWasGivenBackTakesOneMore() {
        taken(Need.NEW);
        assertThat(taken(Need.GIVEN_BACK)).isEqualTo(1);
        assertThat(slots.canRescue(Channel.EMAIL)).isFalse();
    }

    /** Promise P4: the batches of several dead workers do not wait until a living one has a slot left. */
    @Test
    void theBatchesOfTheDeadHaveSlotsThatNothingElseTakes() {
        taken(Need.NEW);
        taken(Need.GIVEN_BACK);
        assertThat(taken(Need.OWNER_DIED)).isEqualTo(4);
        slots.giveBack(Channel.EMAIL);
        assertThat(taken(Need.NEW)).as("what is beyond the usual number is given back first").isZero();
        assertThat(taken(Need.OWNER_DIED)).isEqualTo(1);
    }

    private int taken(Need need) {
        return (int) IntStream.range(0, 20).filter(n -> slots.take(Channel.EMAIL, need)).count();
    }
}
