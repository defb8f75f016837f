package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

import org.bson.Document;
import org.campaignrecovery.local.comparison.Receipts;
import org.campaignrecovery.local.processes.Poll;

/** The SMS of a run, as the ledger has them and as the stand-in for Twilio recorded them. */
record SmsInTheAir(Scene scene, String run) {
    private static final Duration SOON = Duration.ofSeconds(40);

    /** Kills the first of the workers of whom the stand-in has recorded SMS that it has not answered yet. */
    void killOneOf(List<Worker> workers) {
        AtomicReference<Worker> sending = new AtomicReference<>();
        assertThat(Poll.until(SOON, Duration.ofMillis(20), () -> {
            workers.stream().filter(worker -> worker.bootId().filter(this::recordedButNotAnswered).isPresent()).findFirst()
                    .ifPresent(sending::set);
            return sending.get() != null;
        })).as("one has SMS in the air").isTrue();
        sending.get().process().kill();
    }

    private boolean recordedButNotAnswered(String boot) {
        List<Document> sending = scene.ledger().inState(run, "sending").stream()
                .filter(one -> one.getString("channel").equals("sms") && Ledger.claimant(one).equals(boot)).toList();
        return sending.size() > 1 && !recorded(addresses(sending)).isEmpty();
    }

    /** Addresses of the SMS that are in doubt. */
    Set<String> doubt() {
        return addresses(
                scene.ledger().inState(run, "in_doubt").stream().filter(one -> one.getString("channel").equals("sms")).toList());
    }

    /** Those of these that the stand-in has recorded. */
    Set<String> recorded(Set<String> addresses) {
        try {
            Set<String> ids = scene.ledger().deliveries(run).stream().map(one -> one.getString("_id")).collect(Collectors.toSet());
            Map<String, Integer> texts = Receipts.texts(Path.of(scene.addresses().get("SMS_RECORD")), ids).byAddress();
            return addresses.stream().filter(texts::containsKey).collect(Collectors.toCollection(TreeSet::new));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> addresses(List<Document> deliveries) {
        return deliveries.stream().map(one -> one.getString("address")).collect(Collectors.toCollection(TreeSet::new));
    }
}
