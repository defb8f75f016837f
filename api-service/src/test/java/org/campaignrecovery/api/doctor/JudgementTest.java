package org.campaignrecovery.api.doctor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.campaignrecovery.api.doctor.TestFindings.NOW;
import static org.campaignrecovery.api.doctor.TestFindings.process;
import static org.campaignrecovery.api.doctor.TestFindings.seen;
import static org.campaignrecovery.api.doctor.TestFindings.worker;

import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.ledger.campaign.ContentHash;
import org.campaignrecovery.ledger.generation.GenerationDocument;
import org.campaignrecovery.ledger.presence.PresenceDocument;
import org.campaignrecovery.ledger.presence.Reach;
import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

/** What the checks conclude from what they have read. */
class JudgementTest {
    private static final String API = PresenceDocument.API;
    private static final String WORKER = PresenceDocument.WORKER;

    @Test
    void aLedgerThatIsHeldFailsUntilSomebodyHasConfirmedIt() {
        GenerationDocument.Hold hold = new GenerationDocument.Hold(1_007L, 6L, NOW, NOW, "the ledger went backwards", true, null, null,
                null);
        GenerationDocument held = new GenerationDocument("generation", "a", 1_008L, NOW, null, hold);
        assertThat(LedgerContinuityCheck.judge(held)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.FAILURE);
            assertThat(finding.sentence()).contains("went backwards", "1007", "POST /api/ledger/confirm");
            assertThat(finding.recommendation()).contains("docs/runbooks/restore.md");
        });
        GenerationDocument.Hold confirmed = new GenerationDocument.Hold(1_007L, 6L, NOW, NOW, "r", true, NOW, "olga", null);
        assertThat(LedgerContinuityCheck.judge(new GenerationDocument("generation", "a", 1_008L, NOW, null, confirmed)))
                .isEqualTo(Finding.ok("the ledger goes on from where it was (generation 1008); it was restored, and confirmed by olga at "
                        + NOW));
    }

    @Test
    void withoutAnyScheduler() {
        Finding finding = SchedulersCheck.judge(seen(process("a", API, false, NOW, 0, Map.of()),
                process("b", API, true, NOW.minusSeconds(16), 0, Map.of())), false, true);
        assertThat(finding).isEqualTo(Finding.failure(
                "no api process with schedulers on is alive, and this one has them off (ENABLE_SCHEDULERS=false): no campaign starts",
                "Start an api with ENABLE_SCHEDULERS=true, which is the default."));
    }

    @Test
    void withAnotherScheduler() {
        Finding finding = SchedulersCheck.judge(seen(process("a", API, true, NOW.minusSeconds(14), 0, Map.of())), false, true);
        assertThat(finding).isEqualTo(
                Finding.ok("1 api process(es) start campaigns; this one has them off (ENABLE_SCHEDULERS=false)"));
        assertThat(SchedulersCheck.judge(seen(), true, false).sentence()).startsWith("the sweeps of this process are off");
    }

    @Test
    void workersThatDoNotWork() {
        assertThat(WorkersCheck.judge(seen(process("w", WORKER, false, NOW, 0, Map.of()))))
                .extracting(Finding::status, Finding::sentence).containsExactly(CheckStatus.FAILURE,
                        "1 worker(s) alive, but none of them works (ENABLE_SCHEDULERS=false)");
        assertThat(WorkersCheck.judge(seen(worker("w", NOW)))).isEqualTo(Finding.ok("1 worker(s) alive"));
    }

    @Test
    void clocksThatDiffer() {
        assertThat(ClocksCheck.judge(seen(process("w", WORKER, true, NOW, -1_500, Map.of()), worker("x", NOW))))
                .extracting(Finding::status, Finding::sentence)
                .containsExactly(CheckStatus.WARNING, "the clock of worker w on host is 1.5 s behind the ledger's");
        assertThat(ClocksCheck.judge(seen(process("w", WORKER, true, NOW, 5_001, Map.of()))).status()).isEqualTo(CheckStatus.FAILURE);
        assertThat(ClocksCheck.judge(seen(process("w", WORKER, true, NOW, 1_000, Map.of()))).status()).isEqualTo(CheckStatus.OK);
    }

    @Test
    void channelsThatWorkersDoNotReach() {
        PresenceDocument wrong = process("w", WORKER, true, NOW, 0, Map.of("smtp", Reach.failed("it refuses SMTP_PASSWORD")));
        PresenceDocument right = process("x", WORKER, true, NOW, 0, Map.of("smtp", Reach.ok()));
        assertThat(SmtpCheck.CHANNEL.judge(seen(wrong, right))).extracting(Finding::status, Finding::sentence)
                .containsExactly(CheckStatus.FAILURE, "worker w on host: it refuses SMTP_PASSWORD");
        assertThat(SmtpCheck.CHANNEL.judge(seen(right))).isEqualTo(Finding.ok("1 worker(s) reach the mail server"));
        assertThat(SmtpCheck.CHANNEL.judge(seen()).sentence()).isEqualTo("no living worker has looked at the mail server yet");
        assertThat(SmsCheck.CHANNEL.judge(seen(process("w", WORKER, true, NOW, 0, Map.of("sms", Reach.off("SMS is off"))))))
                .isEqualTo(Finding.ok("SMS is off"));
    }

    @Test
    void campaignsThatWaitInVain() {
        CampaignDocument campaign = campaign(CampaignStatus.APPROVED);
        campaign.approvedAt = NOW.minusSeconds(6);
        Finding finding = WaitingCampaignsCheck.judge(List.of(campaign), NOW, false);
        assertThat(finding.status()).isEqualTo(CheckStatus.WARNING);
        assertThat(finding.sentence())
                .startsWith("\"Spring\" (c1) was approved at 2026-11-24T09:59:54Z and is still not armed: the schedulers "
                        + "of this process are off")
                .endsWith("0 wait(s) for approval, 1 approved, 0 scheduled");
        assertThat(finding.recommendation()).contains("ENABLE_SCHEDULERS=true");

        campaign.status = CampaignStatus.SCHEDULED;
        campaign.nextRunAt = NOW.minusSeconds(60);
        assertThat(WaitingCampaignsCheck.judge(List.of(campaign), NOW, true).sentence())
                .startsWith("\"Spring\" (c1) is overdue: it should have started at 2026-11-24T09:59:00Z");
        campaign.nextRunAt = NOW.plusSeconds(60);
        assertThat(WaitingCampaignsCheck.judge(List.of(campaign), NOW, true)).isEqualTo(Finding.ok("0 wait(s) for approval, 0 approved, "
                + "1 scheduled, the next start is \"Spring\" (c1) at 2026-11-24T10:01:00Z"));
    }

    @Test
    void contentThatIsNotWhatWasApproved() {
        CampaignDocument campaign = campaign(CampaignStatus.SCHEDULED);
        campaign.nextRunAt = NOW.plusSeconds(60);
        campaign.approvedHash = ContentHash.of(campaign);
        assertThat(WaitingCampaignsCheck.judge(List.of(campaign), NOW, true).status()).isEqualTo(CheckStatus.OK);
        campaign.name = "Autumn";
        assertThat(WaitingCampaignsCheck.judge(List.of(campaign), NOW, true)).satisfies(finding -> {
            assertThat(finding.status()).isEqualTo(CheckStatus.FAILURE);
            assertThat(finding.sentence()).startsWith("\"Autumn\" (c1) is not what was approved");
        });
    }

    @Test
    void runsThatNobodyPlans() {
        CampaignDocument campaign = campaign(CampaignStatus.PROCESSING);
        campaign.current = new CampaignDocument.Current("r1", NOW);
        campaign.updatedAt = NOW.minusSeconds(30);
        assertThat(running(campaign, null)).startsWith("\"Spring\" (c1) has no run yet");
        RunDocument run = new RunDocument();
        run.id = "r1";
        run.state = RunState.PLANNING;
        run.startedAt = NOW.minusSeconds(30);
        run.planner = RunDocument.Planner.NONE;
        assertThat(running(campaign, run)).startsWith("\"Spring\" (c1): nobody plans its run r1, which began at 2026-11-24T09:59:30Z");
        run.planner = new RunDocument.Planner("gone", 1, 1);
        assertThat(running(campaign, run)).startsWith("\"Spring\" (c1): the planner of its run r1 gives no sign of life");
        run.planner = new RunDocument.Planner("w", 1, 1);
        assertThat(running(campaign, run)).isEqualTo("1 being sent: \"Spring\" (c1) 0 of 0 planned so far done");
    }

    private static String running(CampaignDocument campaign, RunDocument run) {
        return RunningCampaignsCheck.judge(List.of(campaign), run == null ? Map.of() : Map.of(run.id, run), Map.of(),
                seen(worker("w", NOW))).sentence();
    }

    private static CampaignDocument campaign(CampaignStatus status) {
        CampaignDocument campaign = new CampaignDocument();
        campaign.id = "c1";
        campaign.name = "Spring";
        campaign.status = status;
        campaign.audience = CampaignDocument.Audience.EVERYBODY;
        campaign.delivery = CampaignDocument.Settings.DEFAULT;
        return campaign;
    }
}
