package org.campaignrecovery.api.deadletter;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

import jakarta.enterprise.context.ApplicationScoped;

import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.campaignrecovery.api.deadletter.RedriveReport.Refusal;
import org.campaignrecovery.ledger.doorbell.CloudEventHeaders;
import org.campaignrecovery.ledger.doorbell.EventValue;
import org.campaignrecovery.ledger.doorbell.PoisonException;

import io.smallrye.mutiny.Uni;

/** Says of dead letters what a worker of this version would say: by the same reading, and the same look into the ledger. */
@ApplicationScoped
class Judgement {
    private final SubjectRepository subjects;

    Judgement(SubjectRepository subjects) {
        this.subjects = subjects;
    }

    /** Those that a worker would understand, and those that it would refuse again. */
    record Verdict(List<ConsumerRecord<byte[], byte[]>> understood, List<Refusal> refused) {
    }

    Uni<Verdict> of(DeadLetterTopic topic, List<ConsumerRecord<byte[], byte[]>> records) {
        Map<ConsumerRecord<byte[], byte[]>, String> subjectsOf = new LinkedHashMap<>();
        List<Refusal> refused = new ArrayList<>();
        for (ConsumerRecord<byte[], byte[]> record : records) {
            try {
                String payload = record.value() == null ? null : new String(record.value(), UTF_8);
                subjectsOf.put(record,
                        EventValue.required(CloudEventHeaders.type(record.headers()), payload, topic.type(), topic.member()));
            } catch (PoisonException poison) {
                refused.add(refusal(record, poison.getMessage()));
            }
        }
        return subjects.among(topic, Set.copyOf(subjectsOf.values())).map(there -> {
            List<ConsumerRecord<byte[], byte[]>> understood = new ArrayList<>();
            subjectsOf.forEach((record, subject) -> {
                if (there.contains(subject)) {
                    understood.add(record);
                } else {
                    refused.add(refusal(record, "there is no %s %s".formatted(topic.subject(), subject)));
                }
            });
            return new Verdict(understood, refused);
        });
    }

    private static Refusal refusal(ConsumerRecord<byte[], byte[]> record, String reason) {
        return new Refusal(record.partition(), record.offset(), DeadLetter.readable(record.key()), DeadLetter.cut(reason));
    }
}
