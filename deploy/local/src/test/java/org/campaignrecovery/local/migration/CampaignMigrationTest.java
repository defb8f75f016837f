package org.campaignrecovery.local.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.OutputStreamWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPOutputStream;

import org.campaignrecovery.local.directory.LocalDirectory;
import org.campaignrecovery.local.migration.CampaignMigration.Answer;
import org.campaignrecovery.local.migration.CampaignMigration.Outcome;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CampaignMigrationTest {
    private static final String FILE = """
            {"_id": "1", "name": "Frühling"}
            not json

            {"_id": "2"}
            {"_id": "3"}
            {"_id": "4"}
            {"_id": "5"}
            """;

    @TempDir
    Path directory;
    private final List<String> posted = new ArrayList<>();
    private final List<String> said = new ArrayList<>();

    @Test
    void saysOfEveryLineWhatBecameOfItAndGoesOn() throws IOException {
        Map<Outcome, Integer> outcomes = migrate(Files.writeString(directory.resolve("campaigns.ndjson"), FILE));
        assertThat(outcomes).isEqualTo(Map.of(Outcome.CREATED, 1, Outcome.UNCHANGED, 1, Outcome.REFUSED, 1, Outcome.BAD, 3));
        assertThat(said).containsExactly("created   line 1  a1  \"Frühling\"  processing -> paused", "          - somebody resumes it",
                "bad       line 2  400 line 1, column 1: no JSON", "unchanged line 4  a2  \"-\"  draft -> draft",
                "refused   line 5  -  \"-\"  ", "          - it has no status", "bad       line 6  no answer",
                "bad       line 7  the api answered 502 and no JSON");
    }

    @Test
    void readsGzipToo() throws IOException {
        Path file = directory.resolve("campaigns.ndjson.gz");
        try (Writer writer = new OutputStreamWriter(new GZIPOutputStream(Files.newOutputStream(file)), StandardCharsets.UTF_8)) {
            writer.write(FILE);
        }
        migrate(file);
        assertThat(posted).hasSize(6).startsWith("{\"_id\": \"1\", \"name\": \"Frühling\"}", "not json");
    }

    @Test
    void needsAnApiAndSomebodyWhoMay() {
        LocalDirectory none = new LocalDirectory(directory);
        assertThatThrownBy(() -> MigrateMain.login(none, Map.of())).hasMessageContaining("Which api?");
        assertThatThrownBy(() -> MigrateMain.login(none, Map.of("API_URL", "http://127.0.0.1:1", "ADMIN_USERNAME", "root")))
                .hasMessage("API_URL is set, and ADMIN_PASSWORD is not");
    }

    private Map<Outcome, Integer> migrate(Path file) throws IOException {
        return new CampaignMigration(this::answer, said::add).migrate(file);
    }

    private Answer answer(String document) {
        posted.add(document);
        return switch (document.replaceAll(".*\"_id\": \"(.)\".*", "$1")) {
            case "1" -> new Answer(200, """
                    {"id":"a1","name":"Frühling","oldStatus":"processing","status":"paused","outcome":"created",
                     "notes":["somebody resumes it"]}""");
            case "2" ->
                new Answer(200, "{\"id\":\"a2\",\"oldStatus\":\"draft\",\"status\":\"draft\",\"outcome\":\"unchanged\",\"notes\":[]}");
            case "3" -> new Answer(200, "{\"outcome\":\"refused\",\"notes\":[\"it has no status\"]}");
            case "4" -> throw new UncheckedIOException("no answer", new IOException());
            case "5" -> new Answer(502, "<html>");
            default -> new Answer(400, "{\"title\":\"x\",\"detail\":\"line 1, column 1: no JSON\"}");
        };
    }
}
