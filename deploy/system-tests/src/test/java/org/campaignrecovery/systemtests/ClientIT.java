package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

import org.campaignrecovery.local.cluster.ServiceKind;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.extension.RegisterExtension;

/**
 * A client that was generated from the contract goes the way of a frontend. CLIENT_WALK names the compiled program. Part of
 * {@code make check}, which generates and compiles it.
 */
@Tag("client")
@Timeout(value = 3, unit = TimeUnit.MINUTES)
class ClientIT {
    @RegisterExtension
    static final Scene scene = Scene.withCustomers(150).toldByTheProvider();

    /** Fails when an answer is not what the contract says, as far as a frontend looks. */
    @Test
    void aGeneratedClientSendsACampaign() throws Exception {
        scene.worker(1);
        Path users = scene.cluster().directory().run("users.json");
        ProcessBuilder node = new ProcessBuilder("node", System.getenv("CLIENT_WALK")).redirectErrorStream(true);
        node.environment().put("API_URL", scene.cluster().url(ServiceKind.API, 1).toString());
        node.environment().put("USERS", Files.readString(users));
        Process walk = node.start();
        String said = new String(walk.getInputStream().readAllBytes());
        System.out.print(said);
        assertThat(walk.waitFor()).as(said).isZero();
    }
}
