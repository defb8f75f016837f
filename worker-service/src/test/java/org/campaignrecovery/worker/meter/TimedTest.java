package org.campaignrecovery.worker.meter;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.model.channel.Channel;
import org.junit.jupiter.api.Test;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;

class TimedTest {
    private final SimpleMeterRegistry registry = new SimpleMeterRegistry();
    private final Timed timed = new Timed(registry, "test.step", "A step", Duration.ofMillis(10));

    @Test
    void aStepIsMeasuredFromItsSubscription() throws InterruptedException {
        Uni<String> step = timed.measure(Channel.EMAIL, Uni.createFrom().item("done").onItem().delayIt().by(Duration.ofMillis(50)));
        Thread.sleep(50);
        assertThat(timer(Channel.EMAIL).count()).isZero();
        long subscribed = System.nanoTime();
        assertThat(step.await().indefinitely()).isEqualTo("done");
        assertThat(timer(Channel.EMAIL).totalTime(TimeUnit.NANOSECONDS)).isBetween(45e6, (double) (System.nanoTime() - subscribed));
        assertThat(timer(Channel.SMS).count()).isZero();
    }

    @Test
    void soIsOneThatFailsOrIsNotWaitedFor() {
        timed.measure(Channel.SMS, Uni.createFrom().failure(new IllegalStateException("broken"))).onFailure().recoverWithNull().await()
                .indefinitely();
        Cancellable waiting = timed.measure(Channel.SMS, Uni.createFrom().nothing()).subscribe().with(item -> {
        });
        waiting.cancel();
        assertThat(timer(Channel.SMS).count()).isEqualTo(2);
    }

    @Test
    void whatHasNoAnswerIsNoneToMeasure() {
        timed.measureAnswers(Channel.SMS, Uni.createFrom().nullItem()).await().indefinitely();
        assertThat(timer(Channel.SMS).count()).isZero();
        assertThat(timed.measureAnswers(Channel.SMS, Uni.createFrom().item("yes")).await().indefinitely()).isEqualTo("yes");
        assertThat(timer(Channel.SMS).count()).isEqualTo(1);
    }

    private Timer timer(Channel channel) {
        return registry.get("test.step").tag("channel", channel.wire()).timer();
    }
}
