package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.fault.InjectedFault;
import org.campaignrecovery.local.processes.Poll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Workers are told to stop while slow providers have their messages (promise P4). */
@Timeout(value = 5, unit = TimeUnit.MINUTES)
class GracefulStopIT {
    private static final Duration GRACE = Duration.ofSeconds(25);
    private static final Duration END = Duration.ofSeconds(120);

    @RegisterExtension
    static final Scene scene = Scene.withCustomers(600).withWorkerSettings("campaign.planning.first-page=40",
            "campaign.planning.page=40", "campaign.look-up.enabled=false");

    @AfterEach
    void recover() {
        scene.faults().clear();
    }

    /** SIGINT is the same as SIGTERM. */
    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "whether SIGINT is ignored is read from /proc")
    void anInterruptIsAStopToo() throws IOException, InterruptedException {
        SlowProviders.begin(scene.faults());
        Worker worker = scene.worker(1);
        assumeTrue(heedsInterrupts(worker.process().pid()),
                "SIGINT is ignored here, as in whatever a shell has started in the background, and a JVM then leaves it so");
        scene.startWorker(2);
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("delivery", Map.of("ratePerSecond", 40)));
        String run = mission.awaitStart();
        String boot = worker.awaitSending(scene.ledger(), run);
        new ProcessBuilder("kill", "-INT", String.valueOf(worker.process().pid())).start().waitFor();
        assertThat(worker.process().awaitExit(GRACE)).isTrue();
        assertThat(scene.ledger().leasedBy(run, boot)).isEmpty();
        mission.awaitCompleted(END);
        mission.assertEverybodyReached();
    }

    /**
     * A provider that hangs beyond the grace period: exactly its messages are in doubt, by name in the log, and the rest of their groups is
     * recorded and their batches are given back.
     * <p>
     * Fails when a group is recorded only as a whole, or when the lease of such a batch is left to die.
     */
    @Test
    void whatAProviderKeepsBeyondTheGracePeriodIsNamedAndInDoubt() {
        int before = scene.faults().injected().size();
        scene.faults().set(Fault.of(FaultKind.SMTP_TAKE_AND_HANG).times(3), Fault.of(FaultKind.SMTP_HANG).times(2),
                Fault.of(FaultKind.SMS_TAKE_AND_HANG).times(3));
        Worker worker = scene.worker(1, "campaign.lease.grace=4s", "campaign.sending.provider-timeout=20s");
        Mission mission = scene.launch(Duration.ofSeconds(1), draft -> draft.with("delivery", Map.of("ratePerSecond", 60)));
        String run = mission.awaitStart();
        assertThat(Poll.until(Duration.ofSeconds(30), () -> scene.faults().injected().size() >= before + 8)).as("all hang").isTrue();
        String boot = worker.bootId().orElseThrow();
        worker.process().terminate();
        assertThat(worker.process().awaitExit(GRACE)).isTrue();
        assertThat(scene.ledger().leasedBy(run, boot)).as("leases left behind").isEmpty();
        assertThat(scene.ledger().inState(run, "sending")).as("nothing is left in the air").isEmpty();
        scene.startWorker(2);
        mission.awaitCompleted(END);
        mission.assertEverybodyAccountedFor();

        List<InjectedFault> kept = scene.faults().injected().subList(before, before + 8);
        Set<String> hanging = kept.stream().map(InjectedFault::to).collect(Collectors.toSet());
        Set<String> doubt = scene.ledger().inState(run, "in_doubt").stream().map(one -> one.getString("address"))
                .collect(Collectors.toSet());
        assertThat(doubt).isEqualTo(hanging);
        assertThat(scene.ledger().inState(run, "in_doubt")).allSatisfy(one -> assertThat(worker.log()).contains(one.getString("_id"))
                .doesNotContain(one.getString("address")));
    }

    private static boolean heedsInterrupts(long pid) throws IOException {
        String ignored = Files.readAllLines(Path.of("/proc/" + pid + "/status")).stream().filter(line -> line.startsWith("SigIgn:"))
                .map(line -> line.substring("SigIgn:".length()).strip()).findFirst().orElseThrow();
        return (Long.parseUnsignedLong(ignored, 16) & 1L << 1) == 0;
    }
}
