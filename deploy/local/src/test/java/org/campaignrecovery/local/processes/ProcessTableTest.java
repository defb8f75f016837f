package org.campaignrecovery.local.processes;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.ports.Ports;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProcessTableTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path root;
    private LocalDirectory directory;
    private ProcessTable table;

    @BeforeEach
    void open() {
        directory = new LocalDirectory(root);
        table = new ProcessTable(directory);
    }

    @AfterEach
    void killAll() {
        table.all().forEach(ManagedProcess::kill);
    }

    @Test
    void startsFreezesThawsAndStops() throws Exception {
        int port = Ports.free();
        URI base = URI.create("http://127.0.0.1:" + port);
        ManagedProcess process = table.launch(order("worker-1").withEnvironment(Map.of("PORT", "" + port)));
        Readiness.awaitHealthy(process, base, LIMIT);
        assertThat(Files.readString(directory.pidFile("worker-1")).trim()).isEqualTo("" + process.pid());
        assertThat(process.log().text()).contains("hello from " + process.pid());
        assertThatThrownBy(() -> table.launch(order("worker-1"))).hasMessageContaining("runs already");

        process.freeze();
        assertThat(Readiness.answersOk(base.resolve("/q/health/ready"))).isFalse();
        process.thaw();
        assertThat(Readiness.answersOk(base.resolve("/q/health/ready"))).isTrue();

        ManagedProcess found = new ProcessTable(directory).find("worker-1").orElseThrow();
        assertThat(found.stop(LIMIT)).isTrue();
        assertThat(process.isAlive()).isFalse();
        assertThat(directory.pidFile("worker-1")).doesNotExist();
    }

    @Test
    void aProcessThatEndsWhileStartingIsReportedWithItsLog() {
        ManagedProcess process = table.launch(order("api-1"));
        assertThatThrownBy(() -> Readiness.awaitHealthy(process, URI.create("http://127.0.0.1:1"), LIMIT))
                .isInstanceOf(Readiness.NotReady.class)
                .hasMessageContaining("api-1 ended while starting").hasMessageContaining("no PORT, no work");
        assertThat(table.all()).isEmpty();
    }

    @Test
    void aPidFileOfAStrangerIsStale() throws Exception {
        directory.create();
        Files.writeString(directory.pidFile("api-1"), "" + ProcessHandle.current().pid());
        Files.writeString(directory.pidFile("api-2"), "not a number");
        assertThat(table.all()).isEmpty();
        assertThat(directory.pidFile("api-1")).doesNotExist();
        assertThat(directory.pidFile("api-2")).doesNotExist();
    }

    private static LaunchOrder order(String name) {
        return LaunchOrder.mainClass(name, Sleeper.class).withJvmOptions(List.of("-Xmx32m", "-XX:TieredStopAtLevel=1"));
    }
}
