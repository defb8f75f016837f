package org.campaignrecovery.bench;

import java.io.IOException;
import java.util.List;

import org.campaignrecovery.bench.baseline.Baseline;
import org.campaignrecovery.bench.ours.OurCampaign;
import org.campaignrecovery.bench.raw.RawSender;
import org.campaignrecovery.bench.raw.ReceivedMails;
import org.campaignrecovery.bench.raw.SmtpSource;
import org.campaignrecovery.bench.report.BenchReport;
import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.bench.stage.ShippedSettings;
import org.campaignrecovery.worker.sending.email.smtp.SmtpMessage;

/** One size: our campaign first, then the same messages without a ledger, then the same audience by the baseline, on the same servers. */
final class Bench {
    /** Of the raw sender: enough to be measured, however large the campaign is. */
    private static final int MOST_RAW = 100_000;

    /** Different messages; they are sent again and again. */
    private static final int DIFFERENT = 10_000;

    private final ShippedSettings shipped = ShippedSettings.read();
    private final int recipients;

    Bench(int recipients) {
        this.recipients = recipients;
    }

    BenchReport run() throws IOException {
        try (BenchStage stage = new BenchStage(recipients)) {
            say("starting the servers and loading the orders of %,d customers", stage.customers());
            stage.open();
            stage.startWorkers(1);
            say("our campaign");
            OurCampaign.Warm warm = new OurCampaign(stage).warm();
            OurCampaign.Result ours = warm.result();
            stage.stopServices();
            say("the same messages by the same mail client, without a ledger");
            List<SmtpMessage> messages = ReceivedMails.first(DIFFERENT, stage.smtpRecord());
            double raw = new RawSender(stage.smtpPort(), shipped).perSecond(messages, Math.min(ours.planned(), MOST_RAW));
            Double smtpSource = new SmtpSource(stage.smtpPort(), shipped.connections()).perSecond(Math.min(ours.planned(), MOST_RAW))
                    .orElse(null);
            say("the baseline: Agenda, the mongodb driver, nodemailer");
            Baseline.Result baseline = new Baseline(stage, shipped).warm().orElse(null);
            return new BenchReport(stage.server(), warm.coldPerSecond(), ours, raw, smtpSource, baseline);
        }
    }

    private static void say(String sentence, Object... values) {
        System.err.println(String.format(sentence, values));
    }
}
