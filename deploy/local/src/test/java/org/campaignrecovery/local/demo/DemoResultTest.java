package org.campaignrecovery.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.comparison.ChannelComparison;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.junit.jupiter.api.Test;

class DemoResultTest {
    private static final ChannelComparison GOOD = new ChannelComparison(Map.of("sent", 7, "in_doubt", 2, "failed", 1), 8, 0, 1, List.of());

    @Test
    void theLastLineIsForPrograms() {
        DemoResult result = result(GOOD, List.of());
        assertThat(result.agrees()).isTrue();
        assertThat(printed(result).lines().reduce((first, last) -> last)).contains(
                "{\"email\":{\"planned\":10,\"sent\":7,\"in_doubt\":2,\"failed\":1,\"received\":8,\"receivedTwice\":0},"
                        + "\"sms\":{\"planned\":10,\"sent\":7,\"in_doubt\":2,\"failed\":1,\"received\":8,\"receivedTwice\":0},"
                        + "\"takeoverSeconds\":21.3,\"seconds\":55.0}");
    }

    @Test
    void aFindingADisagreementOrASecondCopyIsAFailure() {
        assertThat(result(GOOD, List.of("it rained")).agrees()).isFalse();
        var lost = new ChannelComparison(Map.of("sent", 1), 0, 0, 0, List.of("a@x.example is sent in the ledger and received 0"));
        assertThat(result(lost, List.of()).agrees()).isFalse();
        assertThat(printed(result(lost, List.of()))).contains("WRONG: a@x.example");
        var twice = new ChannelComparison(Map.of("in_doubt", 1), 1, 1, 1, List.of());
        assertThat(result(twice, List.of()).agrees()).isFalse();
    }

    private static DemoResult result(ChannelComparison email, List<String> findings) {
        return new DemoResult(new LedgerComparison(email, GOOD), findings, Optional.of(Duration.ofMillis(21_340)), Duration.ofSeconds(55));
    }

    private static String printed(DemoResult result) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        result.print(new PrintStream(out, true, StandardCharsets.UTF_8));
        return out.toString(StandardCharsets.UTF_8);
    }
}
