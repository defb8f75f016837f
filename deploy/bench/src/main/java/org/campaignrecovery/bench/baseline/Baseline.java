package org.campaignrecovery.bench.baseline;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

import org.campaignrecovery.bench.stage.BenchStage;
import org.campaignrecovery.bench.stage.ShippedSettings;
import org.campaignrecovery.bench.stage.WarmUp;
import org.campaignrecovery.local.cluster.Repository;
import org.campaignrecovery.local.record.Json;

import com.fasterxml.jackson.databind.JsonNode;

/** {@code deploy/bench/baseline}: a worker on Agenda, the mongodb driver and nodemailer, on the same servers. Needs node and npm. */
public final class Baseline {
    private final BenchStage stage;
    private final ShippedSettings shipped;

    public Baseline(BenchStage stage, ShippedSettings shipped) {
        this.stage = stage;
        this.shipped = shipped;
    }

    /**
     * @param planned recipients; it tells invalid and shared addresses apart by simpler rules than ours
     * @param seconds from due to done
     */
    public record Result(int planned, int sent, double seconds, double firstMessageSeconds, long workerMb) {
        public double perSecond() {
            return sent / seconds;
        }
    }

    /** To everybody, once it is warm, by the rule of {@link WarmUp}. Empty, with a sentence on standard error, where it cannot run. */
    public Optional<Result> warm() throws IOException {
        Path directory = Repository.root().resolve("deploy/bench/baseline");
        try {
            if (!Files.exists(directory.resolve("node_modules"))) {
                String installed = output(new ProcessBuilder("npm", "ci", "--no-audit", "--no-fund").directory(directory.toFile()));
                System.err.println(installed.strip());
            }
            ProcessBuilder node = new ProcessBuilder("node", "worker.js").directory(directory.toFile());
            node.environment().putAll(stage.addresses());
            node.environment().putAll(
                    Map.of("CONNECTIONS", String.valueOf(shipped.connections()), "CONCURRENCY", String.valueOf(shipped.unrecorded()),
                            "WARM_UP", String.valueOf(WarmUp.ROUND)));
            JsonNode line = Json.parse(output(node).strip());
            return Optional.of(new Result(line.get("planned").asInt(), line.get("sent").asInt(), line.get("seconds").asDouble(),
                    line.get("firstMessageSeconds").asDouble(), line.get("peakRssMb").asLong()));
        } catch (IOException e) {
            System.err.println("the baseline is left out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static String output(ProcessBuilder program) throws IOException {
        Process process = program.redirectError(ProcessBuilder.Redirect.INHERIT).start();
        StringBuilder output = new StringBuilder();
        try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
            lines.lines().forEach(line -> output.append(line).append('\n'));
        }
        try {
            int status = process.waitFor();
            if (status != 0) {
                throw new IOException(program.command() + " ended with " + status);
            }
        } catch (InterruptedException e) {
            process.destroy();
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
        return output.toString();
    }
}
