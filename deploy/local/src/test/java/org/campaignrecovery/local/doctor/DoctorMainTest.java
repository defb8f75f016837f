package org.campaignrecovery.local.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.directory.LocalDirectory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import com.sun.net.httpserver.HttpServer;

/** What {@code make doctor} prints, and how it ends. */
class DoctorMainTest {
    private static final String REPORT = """
            {"status": "%s", "checkedAt": "2026-11-24T10:00:00Z", "checks": [
              {"name": "workers", "status": "%s", "finding": "no worker is alive: nothing is sent", "recommendation": "Start a worker."},
              {"name": "sending-switch", "status": "ok", "finding": "sending is on"}]}""";

    @TempDir
    Path root;
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();
    private final ByteArrayOutputStream err = new ByteArrayOutputStream();
    private final PrintStream usualOut = System.out;
    private final PrintStream usualErr = System.err;
    private HttpServer api;
    private volatile int loginStatus = 204;
    private volatile String session = "abc/+=";
    private volatile String report = REPORT.formatted("failure", "failure");

    @BeforeEach
    void start() throws IOException {
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        System.setErr(new PrintStream(err, true, StandardCharsets.UTF_8));
        api = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        api.createContext("/api/auth/login", exchange -> {
            byte[] problem = "{\"detail\": \"MongoDB (CAMPAIGN_MONGO_URI) does not answer\"}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Set-Cookie", "campaign_session=abc/+=; Path=/; HttpOnly");
            exchange.sendResponseHeaders(loginStatus, loginStatus == 204 ? -1 : problem.length);
            if (loginStatus != 204) {
                exchange.getResponseBody().write(problem);
            }
            exchange.close();
        });
        api.createContext("/api/doctor", exchange -> {
            byte[] body = report.getBytes(StandardCharsets.UTF_8);
            boolean known = List.of("campaign_session=" + session).equals(exchange.getRequestHeaders().get("Cookie"));
            exchange.sendResponseHeaders(known ? 200 : 401, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        api.start();
    }

    @AfterEach
    void stop() {
        System.setOut(usualOut);
        System.setErr(usualErr);
        api.stop(0);
    }

    @Test
    void aFailureIsPrintedWithWhatToDoAndEndsWithOne() throws IOException {
        users();
        assertThat(run()).isFalse();
        assertThat(out.toString(StandardCharsets.UTF_8)).isEqualTo("""
                FAILURE  workers         no worker is alive: nothing is sent
                                         -> Start a worker.
                ok       sending-switch  sending is on

                failure: 1 ok, 0 warning(s), 1 failure(s), checked at 2026-11-24T10:00:00Z
                """);
    }

    @Test
    void aWarningIsNoFailure() throws IOException {
        users();
        report = REPORT.formatted("warning", "warning");
        assertThat(run()).isTrue();
        assertThat(out.toString(StandardCharsets.UTF_8)).startsWith("WARNING  workers");
    }

    @Test
    void withoutAnApiItSaysSoInOneLine() throws IOException {
        users();
        api.stop(0);
        assertThat(run()).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).startsWith("No api answers at http://127.0.0.1:").hasLineCount(1);
    }

    @Test
    void withoutUsersNothingIsMadeUp() throws IOException {
        assertThat(run()).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("Run make up first.").hasLineCount(1);
        assertThat(root.resolve("run")).doesNotExist();
    }

    @Test
    void anApiWithoutItsLedgerSaysWhy() throws IOException {
        users();
        loginStatus = 503;
        assertThat(run()).isFalse();
        assertThat(err.toString(StandardCharsets.UTF_8)).contains("MongoDB (CAMPAIGN_MONGO_URI) does not answer");
    }

    @Test
    void whoWasLoggedInNeedNotLogInAgain() throws IOException {
        users();
        report = REPORT.formatted("ok", "ok");
        assertThat(run()).isTrue();
        loginStatus = 503;
        assertThat(run()).as("with the session of before").isTrue();
        session = "another";
        assertThat(run()).as("that session has ended, and nobody can log in").isFalse();
    }

    private void users() {
        LocalDirectory directory = new LocalDirectory(root);
        directory.create();
        LocalUsers.of(directory);
    }

    private boolean run() throws IOException {
        return DoctorMain.run(Map.of("LOCAL_DIR", root.toString(), "API_URL", "http://127.0.0.1:" + api.getAddress().getPort()));
    }
}
