package org.campaignrecovery.local.migration;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;

import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.LineReader;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * Hands the old system's campaigns to an api, one document a line, and says of each what became of it. A line that cannot be taken over is
 * named by its number, and the rest goes on. It may be repeated: what is here already is not changed.
 */
public final class CampaignMigration {
    private final Endpoint endpoint;
    private final Consumer<String> report;
    private final Map<Outcome, Integer> outcomes = new EnumMap<>(Outcome.class);

    /** Where documents are handed in. */
    @FunctionalInterface
    public interface Endpoint {
        /** @throws UncheckedIOException when there is no answer */
        Answer post(String document);
    }

    /** What the api has answered. */
    public record Answer(int status, String body) {
    }

    /** What became of a line. */
    public enum Outcome {
        CREATED,
        UNCHANGED,
        REFUSED,
        /** It is no document, or the api had no answer to it. */
        BAD
    }

    /** @param report gets lines for people */
    public CampaignMigration(Endpoint endpoint, Consumer<String> report) {
        this.endpoint = endpoint;
        this.report = report;
    }

    /** How often each outcome came up; those that did not are zero. */
    public Map<Outcome, Integer> migrate(Path file) throws IOException {
        for (Outcome outcome : Outcome.values()) {
            outcomes.put(outcome, 0);
        }
        try (LineReader lines = LineReader.open(file)) {
            for (String line = lines.next(); line != null; line = lines.next()) {
                outcomes.merge(one(line, lines.number()), 1, Integer::sum);
            }
        }
        return outcomes;
    }

    private Outcome one(String line, long number) {
        Answer answer;
        try {
            answer = endpoint.post(line);
        } catch (UncheckedIOException e) {
            return bad(number, e.getMessage());
        }
        JsonNode body;
        try {
            body = Json.parse(answer.body());
        } catch (RuntimeException e) {
            return bad(number, "the api answered " + answer.status() + " and no JSON");
        }
        return answer.status() == 200
                ? tell(body, number)
                : bad(number, "%d %s".formatted(answer.status(), body.path("detail").asText(body.path("title").asText())));
    }

    private Outcome tell(JsonNode said, long number) {
        Outcome outcome = Outcome.valueOf(said.path("outcome").asText().toUpperCase(Locale.ROOT));
        report.accept("%-9s line %d  %s  \"%s\"  %s".formatted(said.path("outcome").asText(), number, said.path("id").asText("-"),
                said.path("name").asText("-"), statuses(said)));
        said.path("notes").forEach(note -> report.accept("          - " + note.asText()));
        return outcome;
    }

    private static String statuses(JsonNode said) {
        String before = said.path("oldStatus").asText("");
        return said.has("status") ? before + " -> " + said.path("status").asText() : before;
    }

    private Outcome bad(long number, String why) {
        report.accept("bad       line %d  %s".formatted(number, why));
        return Outcome.BAD;
    }
}
