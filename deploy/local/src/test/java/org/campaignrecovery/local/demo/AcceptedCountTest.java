package org.campaignrecovery.local.demo;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AcceptedCountTest {
    @TempDir
    Path directory;

    @Test
    void countsWhatWasAddedToEitherFile() throws Exception {
        Path mails = directory.resolve("smtp");
        AcceptedCount accepted = new AcceptedCount(List.of(mails, directory.resolve("none")));
        assertThat(accepted.now()).isZero();
        Files.writeString(mails, "one\ntw");
        assertThat(accepted.now()).isEqualTo(1);
        Files.writeString(mails, "o\nthree\n", StandardOpenOption.APPEND);
        assertThat(accepted.now()).isEqualTo(3);
    }
}
