package org.campaignrecovery.chaos.stage;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.chaos.stage.Incarnation.End;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.LaunchOrder;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.processes.ProcessTable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class IncarnationTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    @TempDir
    Path root;
    private Path log;
    private Incarnation worker;

    @BeforeEach
    void aWorker() {
        LocalDirectory directory = new LocalDirectory(root);
        ManagedProcess process = new ProcessTable(directory).launch(new LaunchOrder("worker-1", List.of(), List.of("-version"), Map.of()));
        process.awaitExit(LIMIT);
        log = directory.log("worker-1");
        worker = new Incarnation(ServiceKind.WORKER, 1, new Service(process, URI.create("http://127.0.0.1"), LIMIT));
    }

    @Test
    void itHasTheNameThatItHasSaid() throws IOException {
        assertThat(worker.bootId()).isEmpty();
        says("a1");
        worker.end(End.KILLED);
        says("b2");
        assertThat(worker.bootId()).contains("a1");
    }

    /** Or what the next one, killed, has left in doubt counts as left by one that was only stopped. */
    @Test
    void whoEndsBeforeSayingItsNameHasNotThatOfTheNextOne() throws IOException {
        worker.end(End.STOPPED);
        says("b2");
        assertThat(worker.bootId()).isEmpty();
    }

    private void says(String boot) throws IOException {
        Files.writeString(log, "INFO this process is boot=" + boot + "\n", StandardOpenOption.APPEND);
    }
}
