package org.campaignrecovery.worker.meter;

import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.model.channel.Channel;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.smallrye.mutiny.Uni;

/** Measures a step of a pipeline, by channel. Every series is there from the start. */
public final class Timed {
    private final Map<Channel, Timer> timers = new EnumMap<>(Channel.class);

    /** @param buckets limits of the histogram, so that quantiles over all processes can be told */
    public Timed(MeterRegistry registry, String name, String description, Duration... buckets) {
        for (Channel channel : Channel.values()) {
            timers.put(channel, Timer.builder(name).description(description).tag("channel", channel.wire())
                    .serviceLevelObjectives(buckets).register(registry));
        }
    }

    /** The same step; what it takes from its subscription to its end, whichever that is, is recorded. */
    public <T> Uni<T> measure(Channel channel, Uni<T> step) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return step.onTermination().invoke(() -> record(channel, begun));
        });
    }

    /** As {@link #measure}, but only of what ends with an item that is not null. */
    public <T> Uni<T> measureAnswers(Channel channel, Uni<T> step) {
        return Uni.createFrom().deferred(() -> {
            long begun = System.nanoTime();
            return step.onItem().ifNotNull().invoke(() -> record(channel, begun));
        });
    }

    private void record(Channel channel, long begunNanos) {
        timers.get(channel).record(System.nanoTime() - begunNanos, TimeUnit.NANOSECONDS);
    }
}
