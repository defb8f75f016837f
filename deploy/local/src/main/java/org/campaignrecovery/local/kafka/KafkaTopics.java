package org.campaignrecovery.local.kafka;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.AdminClientConfig;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.common.errors.TopicExistsException;
import org.campaignrecovery.local.processes.Poll;

/** The product's topics, as DESIGN section 5 lists them. */
public final class KafkaTopics {
    /** Where the ledger stands: Kafka keeps its last record for ever. */
    private static final String LEDGER = "campaign-ledger";

    /** Topic name to number of partitions. */
    public static final Map<String, Integer> PARTITIONS = Map.of("campaign-due", 6, "campaign-batch", 24, "campaign-due-dlq", 1,
            "campaign-batch-dlq", 1, LEDGER, 1);

    private static final long TIMEOUT_SECONDS = 90;
    private static final short ONE_REPLICA = 1;

    private KafkaTopics() {
    }

    /** Creates the topics that do not exist yet on a broker with one node; returns when they can be used. */
    public static void create(String bootstrapServers) {
        try (Admin admin = Admin.create(Map.of(AdminClientConfig.BOOTSTRAP_SERVERS_CONFIG, bootstrapServers))) {
            List<NewTopic> topics = PARTITIONS.entrySet().stream()
                    .map(e -> new NewTopic(e.getKey(), e.getValue(), ONE_REPLICA).configs(settings(e.getKey())))
                    .toList();
            for (var created : admin.createTopics(topics).values().values()) {
                awaitCreated(created);
            }
            if (!Poll.until(Duration.ofSeconds(TIMEOUT_SECONDS), () -> areKnown(admin))) {
                throw new IllegalStateException("The topics were created on " + bootstrapServers + ", and it does not know them");
            }
        } catch (ExecutionException | TimeoutException e) {
            throw new IllegalStateException("The topics could not be created on %s: %s".formatted(bootstrapServers, e), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("Interrupted while creating topics", e);
        }
    }

    /** The controller has created them; the broker hears of it a moment later. */
    private static boolean areKnown(Admin admin) {
        try {
            admin.describeTopics(PARTITIONS.keySet()).allTopicNames().get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
            return true;
        } catch (ExecutionException | TimeoutException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    private static Map<String, String> settings(String topic) {
        return topic.equals(LEDGER) ? Map.of("cleanup.policy", "compact") : Map.of();
    }

    private static void awaitCreated(org.apache.kafka.common.KafkaFuture<Void> created)
            throws InterruptedException, ExecutionException, TimeoutException {
        try {
            created.get(TIMEOUT_SECONDS, TimeUnit.SECONDS);
        } catch (ExecutionException e) {
            if (!(e.getCause() instanceof TopicExistsException)) {
                throw e;
            }
        }
    }
}
