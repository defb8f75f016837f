package org.campaignrecovery.local.fault;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.local.record.Json;
import org.campaignrecovery.local.record.NdjsonLog;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * The faults that the stand-ins of a stack show now: a file with a JSON array of them, replaced in one step, which a stack reads again as
 * soon as it has changed. One writer at a time.
 *
 * @param faults {@code FAULTS} of the stack
 * @param record {@code FAULT_RECORD} of the stack
 */
public record FaultFile(Path faults, Path record) {

    /** From now on these and no others. */
    public void set(Fault... now) {
        set(List.of(now));
    }

    public void set(List<Fault> now) {
        try {
            Files.createDirectories(faults.toAbsolutePath().getParent());
            Path draft = Files.createTempFile(faults.toAbsolutePath().getParent(), "faults", ".tmp");
            Files.writeString(draft, Json.MAPPER.writeValueAsString(now.stream().map(Fault::fields).toList()));
            // Whoever looks at the file's time must see a change, however quickly one follows the other.
            long written = Files.getLastModifiedTime(draft).toMillis();
            long before = faults.toFile().lastModified();
            Files.setLastModifiedTime(draft, FileTime.fromMillis(Math.max(written, before + 1)));
            Files.move(draft, faults, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw new UncheckedIOException("The faults cannot be written to " + faults, e);
        }
    }

    /** No more faults. What hangs goes on hanging. */
    public void clear() {
        set(List.of());
    }

    /** What has struck so far, in order. */
    public List<InjectedFault> injected() {
        List<InjectedFault> injected = new ArrayList<>();
        try {
            NdjsonLog.read(record, line -> injected.add(InjectedFault.parse(line)));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return injected;
    }

    /** @throws IllegalArgumentException that says what is wrong with the text */
    public static List<Fault> parse(String json) {
        JsonNode array = Json.parse(json);
        if (!array.isArray()) {
            throw new IllegalArgumentException("faults are a JSON array, as [{\"kind\":\"smtp-slow\",\"share\":0.2}]");
        }
        List<Fault> parsed = new ArrayList<>();
        array.forEach(fault -> parsed.add(Fault.parse(fault)));
        return parsed;
    }
}
