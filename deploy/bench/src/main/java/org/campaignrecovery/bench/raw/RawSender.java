package org.campaignrecovery.bench.raw;

import java.io.IOException;
import java.time.Duration;
import java.util.List;

import org.campaignrecovery.bench.stage.ShippedSettings;
import org.campaignrecovery.bench.stage.WarmUp;
import org.campaignrecovery.worker.sending.email.smtp.SmtpClient;
import org.campaignrecovery.worker.sending.email.smtp.SmtpMessage;
import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;

/** The ceiling: the worker's own mail client with the worker's number of connections, and nothing else: no ledger, no rendering. */
public final class RawSender {
    private final int port;
    private final ShippedSettings shipped;

    public RawSender(int port, ShippedSettings shipped) {
        this.port = port;
        this.shipped = shipped;
    }

    /** @param messages sent again and again until it were {@code number}, once it is warm */
    public double perSecond(List<SmtpMessage> messages, int number) throws IOException {
        Vertx vertx = Vertx.vertx();
        SmtpClient client = new SmtpClient(vertx, new SmtpSettings("127.0.0.1", port, SmtpSettings.Security.OFF, null, null, "bench",
                shipped.timeout(), shipped.idle(), shipped.beforeDot()));
        try {
            WarmUp.with(() -> send(client, messages, WarmUp.ROUND));
            return send(client, messages, number);
        } finally {
            client.close();
            vertx.close();
        }
    }

    /** @return messages a second */
    private double send(SmtpClient client, List<SmtpMessage> messages, int number) {
        long start = System.nanoTime();
        Multi.createFrom().range(0, number).onItem()
                .transformToUni(n -> client.send(messages.get(n % messages.size()), () -> Uni.createFrom().item(true)))
                .merge(shipped.connections())
                .collect().last().await().atMost(Duration.ofHours(1));
        return number / (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3);
    }
}
