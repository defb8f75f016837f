package org.campaignrecovery.worker.delivery;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.model.delivery.DeliveryRules.Released;
import org.campaignrecovery.model.delivery.LastGate;
import org.campaignrecovery.worker.run.RunContents.RunContent;
import org.campaignrecovery.worker.sending.MessageSender;
import org.campaignrecovery.worker.sending.SendingConfig;

import io.smallrye.mutiny.Uni;

/**
 * R4: the last look before a message is handed to a provider. A process that was frozen between claim and send finds its claim too old
 * here; one whose campaign was paused or cancelled finds that out here.
 */
@ApplicationScoped
public class LastGates {
    private final ControlReader control;
    private final LastGate policy;

    LastGates(ControlReader control, SendingConfig config) {
        this.control = control;
        this.policy = new LastGate(config.claimLimit(), config.controlLimit());
    }

    /**
     * The gate of a group whose claim was issued at this reading of the monotonic clock.
     *
     * @param provider whether the provider is still to be tried
     */
    Gate of(RunContent run, long claimIssuedNanos, BooleanSupplier provider) {
        return new Gate(run, claimIssuedNanos, provider);
    }

    /** One group's gate; remembers where the messages go that it stopped. */
    final class Gate implements MessageSender.Gate {
        private final RunContent run;
        private final long claimIssuedNanos;
        private final BooleanSupplier provider;
        private final AtomicReference<Released> released = new AtomicReference<>(Released.PENDING_AGAIN);

        private Gate(RunContent run, long claimIssuedNanos, BooleanSupplier provider) {
            this.run = run;
            this.provider = provider;
            this.claimIssuedNanos = claimIssuedNanos;
        }

        @Override
        public Uni<Boolean> mayPass() {
            return control.read(run).map(this::decide).onFailure().recoverWithItem(false);
        }

        private boolean decide(ControlReader.Reading reading) {
            Duration sinceClaim = Duration.ofNanos(System.nanoTime() - claimIssuedNanos);
            LastGate.Decision decision = policy.decide(sinceClaim, reading.age(), reading.control());
            if (decision instanceof LastGate.Release release) {
                released.set(release.to());
                return false;
            }
            return provider.getAsBoolean();
        }

        Released released() {
            return released.get();
        }
    }
}
