package org.campaignrecovery.api.doctor;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.KafkaFuture;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.GroupIdNotFoundException;
import org.apache.kafka.common.errors.UnknownTopicOrPartitionException;
import org.campaignrecovery.ledger.doorbell.KafkaSettings;

import io.smallrye.mutiny.Uni;

/** Looks at Kafka's topics and groups, and changes nothing. Connects when it is first asked. */
@ApplicationScoped
class KafkaInspection {
    private final KafkaSettings settings;
    private Admin admin;

    KafkaInspection(KafkaSettings settings) {
        this.settings = settings;
    }

    /**
     * Who hears a topic and how far they are.
     *
     * @param lag events that the group has not acknowledged
     */
    record Group(int members, long lag) {
    }

    /** Numbers of partitions by topic; topics that do not exist are missing. */
    Uni<Map<String, Integer>> partitions(Collection<String> topics) {
        Map<String, KafkaFuture<TopicDescription>> described = admin().describeTopics(topics).topicNameValues();
        List<Uni<Map.Entry<String, Integer>>> all = described.entrySet().stream().map(topic -> uni(topic.getValue())
                .map(description -> Map.entry(topic.getKey(), description.partitions().size()))
                .onFailure(UnknownTopicOrPartitionException.class).recoverWithItem(Map.entry(topic.getKey(), 0))).toList();
        return Uni.join().all(all).andFailFast().map(found -> found.stream().filter(topic -> topic.getValue() > 0)
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue)));
    }

    /** How many records a topic holds. */
    Uni<Long> records(String topic, int partitions) {
        return Uni.combine().all().unis(offsets(topic, partitions, OffsetSpec.latest()), offsets(topic, partitions, OffsetSpec.earliest()))
                .with((latest, earliest) -> sum(latest) - sum(earliest));
    }

    Uni<Group> group(String name, String topic, int partitions) {
        Uni<Integer> members = uni(admin().describeConsumerGroups(List.of(name)).describedGroups().get(name))
                .map(group -> group.members().size()).onFailure(GroupIdNotFoundException.class).recoverWithItem(0);
        Uni<Map<TopicPartition, OffsetAndMetadata>> committed = uni(
                admin().listConsumerGroupOffsets(name).partitionsToOffsetAndMetadata())
                .onFailure(GroupIdNotFoundException.class).recoverWithItem(Map.of());
        return Uni.combine().all().unis(members, committed, offsets(topic, partitions, OffsetSpec.latest()),
                offsets(topic, partitions, OffsetSpec.earliest()))
                .with((heard, done, latest, earliest) -> new Group(heard, lag(done, latest, earliest)));
    }

    /** Groups begin at the earliest record: what they have not acknowledged yet lies before them from there. */
    private static long lag(Map<TopicPartition, OffsetAndMetadata> committed, Map<TopicPartition, Long> latest,
            Map<TopicPartition, Long> earliest) {
        return latest.entrySet().stream().mapToLong(end -> {
            OffsetAndMetadata done = committed.get(end.getKey());
            long from = done == null ? earliest.get(end.getKey()) : Math.max(done.offset(), earliest.get(end.getKey()));
            return Math.max(0, end.getValue() - from);
        }).sum();
    }

    private Uni<Map<TopicPartition, Long>> offsets(String topic, int partitions, OffsetSpec which) {
        Map<TopicPartition, OffsetSpec> asked = IntStream.range(0, partitions).mapToObj(n -> new TopicPartition(topic, n))
                .collect(Collectors.toMap(Function.identity(), partition -> which));
        return uni(admin().listOffsets(asked).all()).map(KafkaInspection::offsets);
    }

    private static Map<TopicPartition, Long> offsets(Map<TopicPartition, ListOffsetsResultInfo> found) {
        return found.entrySet().stream().collect(Collectors.toMap(Map.Entry::getKey, info -> info.getValue().offset()));
    }

    private static long sum(Map<TopicPartition, Long> offsets) {
        return offsets.values().stream().mapToLong(Long::longValue).sum();
    }

    private static <T> Uni<T> uni(KafkaFuture<T> future) {
        return Uni.createFrom().completionStage(future::toCompletionStage);
    }

    private synchronized Admin admin() {
        if (admin == null) {
            admin = Admin.create(settings.of("doctor"));
        }
        return admin;
    }

    @PreDestroy
    synchronized void close() {
        if (admin != null) {
            admin.close(Duration.ZERO);
        }
    }
}
