package org.campaignrecovery.ledger.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CrashSwitchTest {
    @TempDir
    Path records;

    private final AtomicInteger deaths = new AtomicInteger();

    @Test
    void nobodyDiesWithoutThePoints() {
        assertThat(CrashSwitch.of(Map.of())).isEmpty();
        assertThat(CrashSwitch.of(Map.of("CRASH_TEST", "yes", "CRASH_POINTS", " "))).isEmpty();
    }

    @Test
    void refusesOutsideATest() {
        assertThatThrownBy(() -> CrashSwitch.of(Map.of("CRASH_POINTS", "after-claim:1", "CRASH_RECORDS", records.toString())))
                .isInstanceOf(IllegalStateException.class).hasMessageContaining("CRASH_TEST=yes");
        assertThatThrownBy(() -> CrashSwitch.of(Map.of("CRASH_POINTS", "after-claim:1", "CRASH_TEST", "yes")))
                .hasMessageContaining("CRASH_RECORDS");
    }

    @Test
    void saysWhatIsWrongWithAPoint() {
        assertThatThrownBy(() -> armed("after-lunch:1")).hasMessageContaining("after-lunch").hasMessageContaining("after-claim");
        assertThatThrownBy(() -> armed("after-claim")).hasMessageContaining("<point>:<n>");
        assertThatThrownBy(() -> armed("after-claim:0")).hasMessageContaining("<point>:<n>");
    }

    @Test
    void diesAtTheNthTimeAndLeavesARecord() throws IOException {
        CrashSwitch armed = armed("after-claim:3, page-frozen:1");
        armed.reach(CrashPoint.AFTER_CLAIM);
        armed.reach(CrashPoint.BEFORE_CLAIM);
        armed.reach(CrashPoint.AFTER_CLAIM);
        assertThat(deaths).hasValue(0);
        assertThat(records).isEmptyDirectory();
        armed.reach(CrashPoint.AFTER_CLAIM);
        assertThat(deaths).hasValue(1);
        assertThat(Files.readString(records.resolve("after-claim"))).isEqualTo(ProcessHandle.current().pid() + "\n");
    }

    @Test
    void processesThatShareARecordDieOnceInAll() {
        armed("page-frozen:1").reach(CrashPoint.PAGE_FROZEN);
        armed("page-frozen:1").reach(CrashPoint.PAGE_FROZEN);
        assertThat(deaths).hasValue(1);
    }

    @Test
    void everyPointCanBeNamed() {
        for (CrashPoint point : CrashPoint.values()) {
            assertThat(CrashPoint.titled(point.title())).contains(point);
        }
    }

    private CrashSwitch armed(String points) {
        return CrashSwitch.of(Map.of("CRASH_POINTS", points, "CRASH_RECORDS", records.toString(), "CRASH_TEST", "yes"),
                deaths::incrementAndGet).orElseThrow();
    }
}
