package org.campaignrecovery.bench.raw;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.stream.Stream;

/** The machine's limit: Postfix's {@code smtp-source}, where it is installed, with the same number of connections and about the same size. */
public final class SmtpSource {
    private static final int BYTES = 1_200;

    private final int port;
    private final int connections;

    public SmtpSource(int port, int connections) {
        this.port = port;
        this.connections = connections;
    }

    /** Empty where there is no such program, or it failed. */
    public Optional<Double> perSecond(int number) throws IOException {
        Optional<Path> program = Stream.of("/usr/sbin/smtp-source", "/usr/lib/postfix/sbin/smtp-source").map(Path::of)
                .filter(Files::isExecutable).findFirst();
        if (program.isEmpty()) {
            return Optional.empty();
        }
        long start = System.nanoTime();
        Process source = new ProcessBuilder(program.get().toString(), "-s", String.valueOf(connections), "-l", String.valueOf(BYTES), "-m",
                String.valueOf(number), "-f", "campaigns@shop.example", "-t", "somebody@customers.example", "127.0.0.1:" + port)
                .redirectOutput(ProcessBuilder.Redirect.DISCARD).redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            return source.waitFor() == 0
                    ? Optional.of(number / (Duration.ofNanos(System.nanoTime() - start).toMillis() / 1e3))
                    : Optional.empty();
        } catch (InterruptedException e) {
            source.destroy();
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }
}
