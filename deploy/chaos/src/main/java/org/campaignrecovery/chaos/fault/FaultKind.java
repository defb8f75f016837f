package org.campaignrecovery.chaos.fault;

import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

import org.campaignrecovery.chaos.stage.Stage;
import org.campaignrecovery.local.cluster.ServiceKind;

/** What can go wrong while a campaign is sent. */
public enum FaultKind {
    KILL_WORKER(Lane.PROCESSES, () -> new Kill(ServiceKind.WORKER)),
    KILL_API(Lane.PROCESSES, () -> new Kill(ServiceKind.API)),
    KILL_BROKER(Lane.PROCESSES, () -> new KillServer(stage -> Optional.of(stage.broker()))),
    KILL_DATABASE(Lane.PROCESSES, () -> new KillServer(Stage::ledger)),
    RESET_OFFSETS(Lane.PROCESSES, OffsetReset::new),
    FREEZE_WORKER(Lane.CIRCUMSTANCES, Freeze::new),
    REBALANCES(Lane.CIRCUMSTANCES, Rebalances::new),
    LOSE_ANSWERS(Lane.CIRCUMSTANCES, LostAnswers::new),
    PROVIDERS(Lane.CIRCUMSTANCES, ProviderFaults::new),
    PAUSE(Lane.CIRCUMSTANCES, Pause::new),
    CANCEL(Lane.CIRCUMSTANCES, Cancel::new);

    /** Faults of one lane strike one after the other, those of two lanes at the same time. */
    public enum Lane {
        /** Something dies. */
        PROCESSES,
        /** Something else is not as it should be, for a while. */
        CIRCUMSTANCES
    }

    private final Lane lane;
    private final Supplier<Fault> maker;

    FaultKind(Lane lane, Supplier<Fault> maker) {
        this.lane = lane;
        this.maker = maker;
    }

    public Lane lane() {
        return lane;
    }

    public Fault make() {
        return maker.get();
    }

    /** {@code kill-worker}. */
    public String title() {
        return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
}
