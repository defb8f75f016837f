package org.campaignrecovery.local.fault;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.stream.IntStream;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FaultInjectorTest {
    @TempDir
    Path directory;
    private FaultFile file;
    private FaultInjector injector;

    @BeforeEach
    void open() {
        file = new FaultFile(directory.resolve("run/faults.json"), directory.resolve("data/faults.ndjson"));
        injector = FaultInjector.open(file, Clock.systemUTC());
    }

    @AfterEach
    void close() {
        injector.close();
    }

    @Test
    void nothingStrikesWithoutAFile() {
        assertThat(strikes(100)).isZero();
        assertThat(FaultInjector.none().strike(FaultStage.DOT, "a@shop.example")).isEmpty();
    }

    @Test
    void everyChangeOfTheFileIsSeenAtOnce() {
        for (int n = 0; n < 50; n++) {
            file.set(Fault.of(FaultKind.SMTP_HANG));
            assertThat(strikes(1)).isEqualTo(1);
            file.clear();
            assertThat(strikes(1)).isZero();
        }
    }

    @Test
    void aShareStrikesThatPartOfTheOccasionsAndTheSameOnesAgain() {
        file.set(Fault.of(FaultKind.SMTP_HANG).share(0.2).seed(7));
        List<Boolean> once = occasions(2_000);
        file.set(Fault.of(FaultKind.SMTP_HANG).share(0.2).seed(7));
        assertThat(occasions(2_000)).isEqualTo(once);
        file.set(Fault.of(FaultKind.SMTP_HANG).share(0.2).seed(8));
        assertThat(occasions(2_000)).isNotEqualTo(once);
        assertThat(once.stream().filter(struck -> struck).count()).isBetween(320L, 480L);
    }

    @Test
    void strikesAreBoundedInAllAndForEachAddressAlsoOverARestart() {
        file.set(Fault.of(FaultKind.SMTP_HANG).times(3), Fault.of(FaultKind.SMTP_DOT_LATER).perAddress(2));
        assertThat(strikes(2)).isEqualTo(2);
        injector.close();
        open();
        assertThat(strikes(10)).as("1 of the first that is left, 2 of the second").isEqualTo(3);
        assertThat(injector.strike(FaultStage.DOT, "other@shop.example")).isPresent();
        assertThat(file.injected()).hasSize(6);
    }

    @Test
    void aFileThatCannotBeReadChangesNothing() throws IOException {
        file.set(Fault.of(FaultKind.SMTP_HANG));
        assertThat(strikes(1)).isEqualTo(1);
        Files.writeString(file.faults(), "[{\"kind\":\"smtp-hang\"");
        assertThat(strikes(1)).isEqualTo(1);
    }

    @Test
    void whatIsWrittenIsRead() {
        Fault fault = Fault.of(FaultKind.SMS_THROTTLE).share(0.25).times(4).perAddress(1).code(430).lasting(Duration.ofSeconds(2)).seed(9);
        file.set(fault);
        assertThat(read()).containsExactly(fault);
        assertThat(FaultFile.parse("[{\"kind\":\"smtp-slow\"}]")).singleElement()
                .satisfies(least -> assertThat(least.share()).isEqualTo(1));
    }

    @Test
    void whatIsWrongIsNamed() {
        assertThatThrownBy(() -> FaultFile.parse("{}")).hasMessageContaining("JSON array");
        assertThatThrownBy(() -> FaultFile.parse("[{\"kind\":\"smtp-explode\"}]")).hasMessageContaining("smtp-explode")
                .hasMessageContaining("smtp-take-and-hang");
        assertThatThrownBy(() -> FaultFile.parse("[{\"kind\":\"smtp-slow\",\"shar\":1}]")).hasMessageContaining("shar");
        assertThatThrownBy(() -> FaultFile.parse("[{\"kind\":\"smtp-slow\",\"share\":1.5}]")).hasMessageContaining("1.5");
        assertThatThrownBy(() -> FaultFile.parse("[{\"kind\":\"smtp-slow\",\"times\":\"two\"}]")).hasMessageContaining("times");
    }

    private List<Fault> read() {
        try {
            return FaultFile.parse(Files.readString(file.faults()));
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private long strikes(int number) {
        return occasions(number).stream().filter(struck -> struck).count();
    }

    private List<Boolean> occasions(int number) {
        return IntStream.range(0, number).mapToObj(n -> injector.strike(FaultStage.DOT, "a@shop.example").isPresent()).toList();
    }
}
