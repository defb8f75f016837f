package org.campaignrecovery.api.doctor;

import java.util.List;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import io.smallrye.mutiny.Uni;

/** Whether anybody hears what is rung, and keeps up. */
@ApplicationScoped
class KafkaGroupsCheck implements DoctorCheck {
    private final KafkaInspection kafka;
    private final DoctorConfig config;

    KafkaGroupsCheck(KafkaInspection kafka, DoctorConfig config) {
        this.kafka = kafka;
        this.config = config;
    }

    @Override
    public Subject subject() {
        return Subject.KAFKA_GROUPS;
    }

    @Override
    public Uni<Finding> look() {
        return kafka.partitions(DesignedTopic.HEARD.stream().map(DesignedTopic::name).toList()).chain(this::groups).map(Finding::of);
    }

    private Uni<List<Finding>> groups(Map<String, Integer> partitions) {
        return Uni.join().all(DesignedTopic.HEARD.stream().map(topic -> group(topic, partitions.getOrDefault(topic.name(), 0))).toList())
                .andFailFast();
    }

    private Uni<Finding> group(DesignedTopic topic, int partitions) {
        return partitions == 0
                ? Uni.createFrom().item(Finding.ok("%s hears nothing, its topic does not exist".formatted(topic.group())))
                : kafka.group(topic.group(), topic.name(), partitions).map(group -> judge(topic, group));
    }

    private Finding judge(DesignedTopic topic, KafkaInspection.Group group) {
        if (group.members() == 0) {
            return Finding.warning("nobody hears %s: the group %s has no members and %d event(s) before it".formatted(topic.name(),
                    topic.group(), group.lag()),
                    "Start a worker with ENABLE_SCHEDULERS=true, or see in the workers' logs why they do not reach Kafka.");
        }
        if (group.lag() > config.lag()) {
            return Finding.warning("the group %s is %d event(s) behind on %s".formatted(topic.group(), group.lag(), topic.name()),
                    "Start more workers if this grows; nothing is lost, the ledger's sweeps find the same work.");
        }
        return Finding.ok("%s: %d member(s), %d event(s) behind".formatted(topic.group(), group.members(), group.lag()));
    }
}
