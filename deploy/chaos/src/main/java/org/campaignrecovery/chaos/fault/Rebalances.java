package org.campaignrecovery.chaos.fault;

import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;

/** Members that join the workers' groups, are given partitions, hear events, do nothing with them, and leave: again and again. */
record Rebalances() implements Fault {
    private static final int TIMES = 6;
    private static final Duration MEMBERSHIP = Duration.ofMillis(1_500);

    @Override
    public void strike(Play play) {
        play.timeline().note("rebalance storm");
        for (int time = 0; time < TIMES; time++) {
            join(play, "campaign-sender", "campaign-batch");
            join(play, "campaign-planner", "campaign-due");
        }
        play.timeline().note("rebalance storm is over");
    }

    private static void join(Play play, String group, String topic) {
        Map<String, Object> settings = Map.of("bootstrap.servers", play.stage().brokerAddress(), "group.id", group, "enable.auto.commit",
                false, "auto.offset.reset", "earliest", "default.api.timeout.ms", 5_000);
        try (KafkaConsumer<byte[], byte[]> member = new KafkaConsumer<>(settings, new ByteArrayDeserializer(),
                new ByteArrayDeserializer())) {
            member.subscribe(List.of(topic));
            long until = System.nanoTime() + MEMBERSHIP.toNanos();
            while (System.nanoTime() < until) {
                member.poll(Duration.ofMillis(200));
            }
        }
    }
}
