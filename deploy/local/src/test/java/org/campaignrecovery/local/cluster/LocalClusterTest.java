package org.campaignrecovery.local.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.processes.ManagedProcess;
import org.campaignrecovery.local.record.Json;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LocalClusterTest {
    private static final Map<String, String> GIVEN = Map.of("MONGO_URI", "mongodb://db.example", "KAFKA_BOOTSTRAP_SERVERS",
            "k.example:9092",
            "SMTP_HOST", "mail.example", "SMTP_PORT", "25", "TWILIO_API_BASE", "http://sms.example");

    @TempDir
    Path root;
    private LocalCluster cluster;

    @BeforeEach
    void open() {
        cluster = open(new LocalDirectory(root));
    }

    @AfterEach
    void killAll() {
        cluster.killAll();
    }

    @Test
    void startsServicesCreatesUsersAndStopsThem() throws Exception {
        ManagedProcess stack = cluster.startStack();
        assertThat(cluster.startStack().pid()).as("started once").isEqualTo(stack.pid());
        Service api = cluster.launch(ServiceKind.API, 1).awaitReady();
        Service worker = cluster.launch(ServiceKind.WORKER, 1, List.of("-Xmx20m"), Map.of()).awaitReady();
        cluster.createUsers();
        LocalUsers again = cluster.createUsers();
        cluster.login(LocalUsers.OPERATOR);
        assertThat(Json.parse(Files.readString(root.resolve("run/users.json"))).at("/marketing-manager/password").asText())
                .isEqualTo(again.get(LocalUsers.MANAGER).password());
        assertThat(Files.getPosixFilePermissions(root.resolve("run/users.json"))).hasSize(2);
        assertThat(cluster.processes()).extracting(ManagedProcess::name).containsExactly("api-1", "stack", "worker-1");

        URI before = worker.base();
        worker.process().kill();
        assertThat(cluster.find(ServiceKind.WORKER, 1)).isEmpty();
        assertThat(cluster.launch(ServiceKind.WORKER, 1).awaitReady().base()).isEqualTo(before);

        assertThat(open(cluster.directory()).find(ServiceKind.API, 1))
                .hasValueSatisfying(found -> assertThat(found.base()).isEqualTo(api.base()));
        cluster.stopAll(Duration.ofSeconds(20));
        assertThat(cluster.processes()).isEmpty();
        assertThat(stack.isAlive()).isFalse();
    }

    @Test
    void oneProcessMayBeOfAnotherBuild() {
        cluster.startStack();
        assertThatThrownBy(() -> cluster.launch(ServiceKind.WORKER, 1, List.of(), Map.of(ServiceKind.WORKER.jarVariable(), "another.jar")))
                .hasMessageContaining("another.jar is missing");
        cluster.launch(ServiceKind.WORKER, 1);
    }

    private static LocalCluster open(LocalDirectory directory) {
        String jar = FakeService.jar(directory.root()).toString();
        return new LocalCluster(directory,
                ClusterSettings.isolated().withEnvironment(GIVEN).withEnvironment(Map.of("API_JAR", jar, "WORKER_JAR", jar)));
    }
}
