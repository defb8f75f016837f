package org.campaignrecovery.local.directory;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** {@code KEY=value} lines as a shell or Compose reads them; values have no quotes and no line ends. */
public final class EnvFile {
    private EnvFile() {
    }

    /** In the file's order; a missing file is empty. */
    public static Map<String, String> read(Path file) throws IOException {
        Map<String, String> values = new LinkedHashMap<>();
        if (Files.exists(file)) {
            for (String line : Files.readAllLines(file)) {
                int equals = line.indexOf('=');
                if (equals > 0 && !line.startsWith("#")) {
                    values.put(line.substring(0, equals), line.substring(equals + 1));
                }
            }
        }
        return values;
    }

    /** Replaces the file in one step, readable by its owner only. */
    public static void write(Path file, Map<String, String> values) throws IOException {
        PrivateFile.write(file, values.entrySet().stream().map(e -> e.getKey() + "=" + e.getValue() + "\n").collect(Collectors.joining()));
    }
}
