package org.campaignrecovery.bench.micro;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

import org.campaignrecovery.local.record.Json;
import org.openjdk.jmh.results.RunResult;
import org.openjdk.jmh.runner.Runner;
import org.openjdk.jmh.runner.RunnerException;
import org.openjdk.jmh.runner.options.OptionsBuilder;
import org.openjdk.jmh.runner.options.TimeValue;

/** {@code make bench-micro}: each step of ours and its yardstick, in one run; a line of JSON for each. */
public final class MicroMain {
    private static final List<Class<?>> BENCHMARKS = List.of(RenderingBenchmark.class, AddressBenchmark.class, PageBenchmark.class);
    private static final String OURS = "ours";
    private static final String YARDSTICK = "yardstick";

    private MicroMain() {
    }

    public static void main(String[] args) throws RunnerException {
        for (Class<?> benchmark : BENCHMARKS) {
            Map<String, Double> microseconds = run(benchmark);
            double ours = microseconds.get(OURS);
            double yardstick = microseconds.get(YARDSTICK);
            Map<String, Object> line = new LinkedHashMap<>();
            line.put("step", benchmark.getSimpleName().replace("Benchmark", "").toLowerCase(Locale.ROOT));
            line.put("oursMicroseconds", rounded(ours));
            line.put("yardstickMicroseconds", rounded(yardstick));
            line.put("ratio", rounded(ours / yardstick));
            System.out.println(Json.line(line));
        }
    }

    private static Map<String, Double> run(Class<?> benchmark) throws RunnerException {
        Collection<RunResult> results = new Runner(new OptionsBuilder().include(benchmark.getName() + "\\.").forks(1).warmupIterations(3)
                .warmupTime(TimeValue.seconds(2)).measurementIterations(5).measurementTime(TimeValue.seconds(2)).build()).run();
        return results.stream().collect(Collectors.toMap(result -> result.getPrimaryResult().getLabel(),
                result -> result.getPrimaryResult().getScore()));
    }

    private static double rounded(double value) {
        return Math.round(value * 1_000) / 1e3;
    }
}
