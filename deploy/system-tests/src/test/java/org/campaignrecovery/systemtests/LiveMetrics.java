package org.campaignrecovery.systemtests;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

import org.campaignrecovery.local.cluster.Repository;

/**
 * What a running process tells of itself at {@code /q/metrics}, and what docs/metrics.md says that it tells. Dashboard and alert rules ask
 * for nothing that is not on that page: make check sees to that.
 */
final class LiveMetrics {
    private static final Pattern SAMPLE = Pattern.compile("(\\w+)(?:\\{(.*)})? (\\S+)");
    private static final Pattern LABEL = Pattern.compile("(\\w+)=\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final Pattern ROW = Pattern
            .compile("\\| `(\\w+)` \\| (gauge|counter|histogram|timer) \\|([^|]*)\\| (api|worker|both) \\|.*");
    private static final Pattern PART = Pattern.compile("(\\w+)_(?:bucket|count|sum|max)");
    private static final Pattern CODE = Pattern.compile("`(\\w+)`");
    private static final String OURS = "campaign_";

    private final String service;
    private final List<Sample> samples;

    private LiveMetrics(String service, List<Sample> samples) {
        this.service = service;
        this.samples = samples;
    }

    private record Sample(String name, Map<String, String> labels, double value) {
    }

    /** @param labels names only */
    private record Documented(String kind, Set<String> labels, String service) {
    }

    /** @param service api or worker */
    static LiveMetrics of(String service, URI process) {
        try {
            HttpRequest request = HttpRequest.newBuilder(process.resolve("/q/metrics")).header("Accept", "text/plain").build();
            String answer = HttpClient.newHttpClient().send(request, HttpResponse.BodyHandlers.ofString()).body();
            return new LiveMetrics(service, answer.lines().filter(line -> !line.startsWith("#")).map(LiveMetrics::sample).toList());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Sample sample(String line) {
        Matcher sample = SAMPLE.matcher(line);
        assertThat(sample.matches()).as("a sample: %s", line).isTrue();
        Map<String, String> labels = new TreeMap<>();
        Matcher label = LABEL.matcher(sample.group(2) == null ? "" : sample.group(2));
        while (label.find()) {
            labels.put(label.group(1), label.group(2));
        }
        return new Sample(sample.group(1), labels, Double.parseDouble(sample.group(3)));
    }

    /** The sum of all series of this name with these labels, given as name and value in turn. */
    double sum(String name, String... labels) {
        return samples.stream().filter(sample -> sample.name.equals(name)).filter(sample -> {
            for (int i = 0; i < labels.length; i += 2) {
                if (!labels[i + 1].equals(sample.labels.get(labels[i]))) {
                    return false;
                }
            }
            return true;
        }).mapToDouble(Sample::value).sum();
    }

    /**
     * The product's own metrics are exactly those of docs/metrics.md, with those labels. Nothing is told by campaign, run or address.
     */
    void assertAsDocumented() {
        Map<String, Documented> page = page();
        assertThat(families().keySet()).as("metrics of the %s that are not in docs/metrics.md, or only there", service)
                .isEqualTo(page.entrySet().stream().filter(one -> one.getValue().service.matches(service + "|both"))
                        .filter(one -> one.getKey().startsWith(OURS)).map(Map.Entry::getKey)
                        .collect(Collectors.toCollection(TreeSet::new)));
        families().forEach((name, labels) -> assertThat(labels).as("labels of %s", name).isEqualTo(page.get(name).labels));
        assertThat(samples).filteredOn(sample -> sample.name.startsWith(OURS)).allSatisfy(
                sample -> assertThat(sample.labels.values()).as("values of labels of %s", sample.name).allMatch(
                        value -> value.matches("[a-z_-]+|[0-9.]+|\\+Inf")));
    }

    /** What docs/metrics.md names of others is there. What Kafka tells of partitions is up to a minute late. */
    void assertOthersAsDocumented() {
        page().forEach((name, documented) -> {
            if (!name.startsWith(OURS) && documented.service.matches(service + "|both")) {
                String series = documented.kind.equals("timer") ? name + "_count" : name;
                List<Sample> found = samples.stream().filter(sample -> sample.name.equals(series)).toList();
                assertThat(found).as("%s of the %s", series, service).isNotEmpty().allSatisfy(
                        sample -> assertThat(sample.labels.keySet()).as("labels of %s", name).isEqualTo(documented.labels));
            }
        });
    }

    /** Names as the page has them: a histogram's series under one; and the labels, the limits of buckets aside. */
    private Map<String, Set<String>> families() {
        Map<String, Set<String>> families = new TreeMap<>();
        samples.stream().filter(sample -> sample.name.startsWith(OURS)).forEach(sample -> {
            Matcher part = PART.matcher(sample.name);
            Set<String> labels = families.computeIfAbsent(part.matches() ? part.group(1) : sample.name, name -> new TreeSet<>());
            sample.labels.keySet().stream().filter(label -> !label.equals("le")).forEach(labels::add);
        });
        return families;
    }

    private static Map<String, Documented> page() {
        try {
            Map<String, Documented> page = new TreeMap<>();
            for (String line : Files.readAllLines(Repository.root().resolve("docs/metrics.md"))) {
                Matcher row = ROW.matcher(line);
                if (row.matches()) {
                    page.put(row.group(1), new Documented(row.group(2), names(row.group(3)), row.group(4)));
                }
            }
            assertThat(page).as("rows of docs/metrics.md").hasSizeGreaterThan(20);
            return page;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** What stands in brackets are values. */
    private static Set<String> names(String labels) {
        return CODE.matcher(labels.replaceAll("\\([^)]*\\)", "")).results().map(result -> result.group(1))
                .collect(Collectors.toCollection(TreeSet::new));
    }
}
