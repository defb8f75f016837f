package org.campaignrecovery.model;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.arbitrary;
import static org.quicktheories.generators.SourceDSL.integers;
import static org.quicktheories.generators.SourceDSL.longs;
import static org.quicktheories.generators.SourceDSL.strings;

import java.time.Instant;

import org.campaignrecovery.model.batch.BatchId;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.ClaimToken;
import org.campaignrecovery.model.planning.PageId;
import org.campaignrecovery.model.run.RunId;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.quicktheories.core.Gen;

/** Every id is one text and comes back from it, although run ids hold colons and keys of clients hold anything. */
class IdsTest {
    private static final Instant EIGHT = Instant.parse("2026-11-23T08:00:00Z");
    private static final Gen<String> TEXT = strings().basicLatinAlphabet().ofLengthBetween(1, 12);

    @Test
    void idsAreWrittenAsTheProtocolSays() {
        RunId run = RunId.of("c1", EIGHT);
        assertThat(run).hasToString("c1@2026-11-23T08:00:00Z");
        assertThat(new PageId(run.toString(), 7)).hasToString("c1@2026-11-23T08:00:00Z:7");
        assertThat(new BatchId(run.toString(), 7, Channel.SMS)).hasToString("c1@2026-11-23T08:00:00Z:7:sms");
        assertThat(new ClaimToken("boot", 3)).hasToString("boot:3");
    }

    @Test
    void oneOccurrenceIsOneRunWhateverItsClocksResolution() {
        assertThat(RunId.of("c1", EIGHT.plusNanos(999_999))).isEqualTo(RunId.of("c1", EIGHT));
        assertThat(RunId.of("c1", EIGHT.plusMillis(1))).isNotEqualTo(RunId.of("c1", EIGHT));
    }

    @Test
    void runIdsComeBackFromTheirText() {
        qt().forAll(TEXT.assuming(id -> id.indexOf('@') < 0), TEXT)
                .check((campaign, occurrence) -> RunId.parse(campaign + "@" + occurrence).equals(new RunId(campaign, occurrence)));
        qt().forAll(longs().between(0, 4_102_444_800_000L)).check(millis -> {
            RunId run = RunId.of("c1", Instant.ofEpochMilli(millis));
            return RunId.parse(run.toString()).equals(run) && Instant.parse(run.occurrence()).toEpochMilli() == millis;
        });
    }

    @Test
    void batchIdsComeBackFromTheirText() {
        qt().forAll(TEXT, integers().between(0, Integer.MAX_VALUE), arbitrary().pick(Channel.values())).check((key, page, channel) -> {
            BatchId id = new BatchId(new RunId("c1", "manual:" + key).toString(), page, channel);
            return BatchId.parse(id.toString()).equals(id);
        });
    }

    @Test
    void claimTokensComeBackFromTheirText() {
        qt().forAll(TEXT, longs().between(0, Long.MAX_VALUE)).check((bootId, seq) -> {
            ClaimToken token = new ClaimToken(bootId, seq);
            return ClaimToken.parse(token.toString()).equals(token);
        });
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "c1", "@x", "c1@"})
    void whatIsNoRunIdIsRefused(String text) {
        assertThatThrownBy(() -> RunId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", "1:email", "r:email", "r:x:email", "r:1:mail", "r:1:", "r:1:email:", "r:-1:email", "r:+1:email",
            "r:01:email"})
    void whatIsNoBatchIdIsRefused(String text) {
        assertThatThrownBy(() -> BatchId.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "x", ":1", "x:", "x:y"})
    void whatIsNoClaimTokenIsRefused(String text) {
        assertThatThrownBy(() -> ClaimToken.parse(text)).isInstanceOf(IllegalArgumentException.class);
    }
}
