package org.campaignrecovery.local.demo;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.CampaignDraft;
import org.campaignrecovery.local.client.Campaigns;
import org.campaignrecovery.local.cluster.EphemeralCluster;
import org.campaignrecovery.local.cluster.LocalCluster;
import org.campaignrecovery.local.cluster.Service;
import org.campaignrecovery.local.cluster.ServiceKind;
import org.campaignrecovery.local.comparison.LedgerComparison;
import org.campaignrecovery.local.orders.OrderImport;

import com.mongodb.client.MongoClient;
import com.mongodb.client.MongoClients;
import com.mongodb.client.MongoDatabase;

/** The play: a campaign is sent, its worker is killed in the middle, another one finishes, and both sides are compared. */
final class Demo {
    private static final Duration UNTIL_DUE = Duration.ofSeconds(3);

    /** Of all messages; some more are accepted until the kill. */
    private static final double MIDDLE = 0.35;

    private final EphemeralCluster stage;
    private final LocalCluster cluster;
    private final DemoAudience audience;
    private final long start = System.nanoTime();

    Demo(EphemeralCluster stage, Optional<Path> orders) {
        this.stage = stage;
        this.cluster = stage.cluster();
        this.audience = new DemoAudience(orders);
    }

    DemoResult run() throws IOException {
        say("Starting Kafka, a MongoDB-compatible server, an SMTP server and a stand-in for Twilio");
        cluster.startStack();
        Service api = cluster.launch(ServiceKind.API, 1);
        Service worker = cluster.launch(ServiceKind.WORKER, 1);
        say("Starting api-1 (" + api.base() + ") and worker-1 (" + worker.base() + "), loading " + audience);
        OrderImport.Totals loaded = audience.load(stage.addresses());
        say(String.format("%,d orders loaded", loaded.loaded()));
        api.awaitReady();
        worker.awaitReady();
        cluster.createUsers();
        Campaigns campaigns = new Campaigns(cluster.login(LocalUsers.MARKETER), cluster.login(LocalUsers.MANAGER));
        try (MongoClient client = MongoClients.create(stage.addresses().get("CAMPAIGN_MONGO_URI"))) {
            return send(campaigns, worker, client.getDatabase(stage.campaignDatabase()));
        }
    }

    private DemoResult send(Campaigns campaigns, Service worker, MongoDatabase ledger) throws IOException {
        Instant due = Instant.now().plus(UNTIL_DUE);
        String campaign = campaigns.launch(CampaignDraft.toEverybody("The demo's campaign", due));
        say("The marketer has written and submitted a campaign, the manager has approved it; it is due in " + UNTIL_DUE.toSeconds() + " s");
        RunWatch watch = new RunWatch(campaigns, campaign);
        String run = watch.awaitStart();
        watch.awaitAccepted(accepted(), audience.messages() * MIDDLE);
        worker.process().kill();
        Instant killedAt = Instant.now();
        Takeover takeover = Takeover.after(killedAt, ledger, run);
        watch.interrupt();
        say("KILLED worker-1 (SIGKILL) while it held " + takeover.batches() + " batches; starting worker-2");
        cluster.launch(ServiceKind.WORKER, 2);
        List<String> findings = new ArrayList<>(watch.awaitEnd());
        watch.interrupt();
        LedgerComparison comparison = compare(ledger, run);
        audience.complaint(comparison.email().planned(), comparison.sms().planned()).ifPresent(findings::add);
        return new DemoResult(comparison, findings, takeover.duration(), sinceStart());
    }

    private AcceptedCount accepted() {
        Map<String, String> addresses = cluster.addresses();
        return new AcceptedCount(List.of(Path.of(addresses.get("SMTP_RECORD")), Path.of(addresses.get("SMS_RECORD"))));
    }

    private LedgerComparison compare(MongoDatabase ledger, String run) throws IOException {
        Map<String, String> addresses = cluster.addresses();
        return LedgerComparison.of(ledger, run, Path.of(addresses.get("SMTP_RECORD")), Path.of(addresses.get("SMS_RECORD")));
    }

    private void say(String sentence) {
        System.out.printf("%6.1f s  %s%n", sinceStart().toMillis() / 1e3, sentence);
    }

    private Duration sinceStart() {
        return Duration.ofNanos(System.nanoTime() - start);
    }
}
