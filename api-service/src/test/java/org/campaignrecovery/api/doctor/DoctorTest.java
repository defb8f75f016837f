package org.campaignrecovery.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;

import org.campaignrecovery.ledger.doorbell.NobodysKafka;
import org.campaignrecovery.ledger.startup.UnguardedDatabase;
import org.junit.jupiter.api.Test;

import io.smallrye.mutiny.Uni;

/** The examination ends, whatever a check does, and says what it could not look at. */
class DoctorTest {
    private static final Duration LONGEST = Duration.ofSeconds(20);

    @Test
    void aCheckThatHangsIsAFailureWithASentence() {
        DoctorReport report = examine(check(Subject.LEDGER_DATABASE, () -> Uni.createFrom().nothing()),
                check(Subject.CLOCKS, () -> Uni.createFrom().item(Finding.ok("fine"))));
        assertThat(report.status()).isEqualTo("failure");
        assertThat(report.checks().get(0)).isEqualTo(new DoctorReport.Check("ledger-database", "failure",
                "the ledger's database (CAMPAIGN_MONGO_URI) has not answered within 1 s",
                "See that MongoDB runs and that CAMPAIGN_MONGO_URI leads to it."));
        assertThat(report.checks().get(1)).isEqualTo(new DoctorReport.Check("clocks", "ok", "fine", null));
    }

    @Test
    void aCheckThatFailsSpoilsNoOther() {
        DoctorReport report = examine(check(Subject.AUDIENCES, () -> {
            throw new IllegalStateException("no such thing\nand more");
        }), check(Subject.SMS, () -> Uni.createFrom().failure(new IOException())));
        assertThat(report.checks()).extracting(DoctorReport.Check::finding).containsExactly(
                "the ledger's database (CAMPAIGN_MONGO_URI) could not be asked (IOException)",
                "the orders' database (MONGO_URI) could not be asked (IllegalStateException: no such thing)");
    }

    @Test
    void theWorstIsTheReportsStatus() {
        assertThat(examine(check(Subject.SMS, () -> Uni.createFrom().item(Finding.ok("fine")))).status()).isEqualTo("ok");
        assertThat(examine(check(Subject.SMS, () -> Uni.createFrom().item(Finding.ok("fine"))),
                check(Subject.DOUBT, () -> Uni.createFrom().item(Finding.warning("hm", "look")))).status()).isEqualTo("warning");
    }

    @Test
    void aDatabaseThatDoesNotGuardIsNamed() {
        Finding finding = new LedgerGuardsCheck(UnguardedDatabase.probe()).look().await().atMost(LONGEST);
        assertThat(finding.status()).isEqualTo(CheckStatus.FAILURE);
        assertThat(finding.sentence()).contains("does not guard its updates (4 of 4 racing updates of one document won, 1 must)");
        assertThat(finding.recommendation()).contains("Stop all workers", "CAMPAIGN_MONGO_URI");
    }

    @Test
    void aKafkaThatIsNotThereIsNamedByEveryCheckThatAsksIt() throws IOException {
        int port;
        try (ServerSocket nobody = new ServerSocket(0)) {
            port = nobody.getLocalPort();
        }
        KafkaInspection kafka = new KafkaInspection(NobodysKafka.at(port));
        try {
            DoctorReport report = examine(new KafkaTopicsCheck(kafka),
                    new KafkaGroupsCheck(kafka, TestFindings.config(Duration.ofSeconds(1), 0)), new DeadLettersCheck(kafka));
            assertThat(report.checks()).hasSize(3).allSatisfy(check -> {
                assertThat(check.status()).isEqualTo("failure");
                assertThat(check.finding()).startsWith("Kafka (KAFKA_BOOTSTRAP_SERVERS) has not answered within 1 s");
                assertThat(check.recommendation()).contains("KAFKA_BOOTSTRAP_SERVERS", "the ledger's sweeps");
            });
        } finally {
            kafka.close();
        }
    }

    private static DoctorReport examine(DoctorCheck... checks) {
        return new Doctor(List.of(checks), TestFindings.config(Duration.ofSeconds(1), 0), Clock.systemUTC()).examine().await()
                .atMost(LONGEST);
    }

    private static DoctorCheck check(Subject subject, Supplier<Uni<Finding>> look) {
        return new DoctorCheck() {
            @Override
            public Subject subject() {
                return subject;
            }

            @Override
            public Uni<Finding> look() {
                return look.get();
            }
        };
    }
}
