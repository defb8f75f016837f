package org.campaignrecovery.api.deadletter;

import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

import org.campaignrecovery.model.event.CampaignBatch;
import org.campaignrecovery.model.event.CampaignDue;

/** A topic of events that nobody could understand, and what they were meant to be. */
enum DeadLetterTopic {
    DUE(CampaignDue.TOPIC, CampaignDue.TYPE, "runId", "run"),
    BATCH(CampaignBatch.TOPIC, CampaignBatch.TYPE, "batchId", "batch");

    /** What publishing them again has got to is this group's offsets. */
    static final String GROUP = "dead-letter-redrive";

    private final String heard;
    private final String type;
    private final String member;
    private final String subject;

    DeadLetterTopic(String heard, String type, String member, String subject) {
        this.heard = heard;
        this.type = type;
        this.member = member;
        this.subject = subject;
    }

    static Optional<DeadLetterTopic> named(String name) {
        return Arrays.stream(values()).filter(topic -> topic.topic().equals(name)).findFirst();
    }

    static String names() {
        return Arrays.stream(values()).map(DeadLetterTopic::topic).collect(Collectors.joining(", "));
    }

    String topic() {
        return heard + "-dlq";
    }

    /** The topic that they came from and go back to. */
    String heard() {
        return heard;
    }

    /** The only type of events that this version understands there. */
    String type() {
        return type;
    }

    /** The member of their value that names what they speak of. */
    String member() {
        return member;
    }

    /** What they speak of. */
    String subject() {
        return subject;
    }
}
