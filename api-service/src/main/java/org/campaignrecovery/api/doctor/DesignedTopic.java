package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.stream.Stream;

import org.campaignrecovery.ledger.generation.GenerationTopic;
import org.campaignrecovery.model.event.CampaignBatch;
import org.campaignrecovery.model.event.CampaignDue;

/**
 * A topic as it is meant to be.
 *
 * @param group who hears it; null for dead letters
 */
record DesignedTopic(String name, int partitions, String group) {
    static final List<DesignedTopic> HEARD = List.of(new DesignedTopic(CampaignDue.TOPIC, 6, "campaign-planner"),
            new DesignedTopic(CampaignBatch.TOPIC, 24, "campaign-sender"));
    static final List<DesignedTopic> DEAD_LETTERS = HEARD.stream().map(topic -> new DesignedTopic(topic.name + "-dlq", 1, null)).toList();
    static final DesignedTopic LEDGER = new DesignedTopic(GenerationTopic.NAME, 1, null);
    static final List<DesignedTopic> ALL = Stream.of(HEARD, DEAD_LETTERS, List.of(LEDGER)).flatMap(List::stream).toList();
}
