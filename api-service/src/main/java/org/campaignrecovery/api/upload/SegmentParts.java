package org.campaignrecovery.api.upload;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

import org.campaignrecovery.api.audience.SegmentName;
import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.campaignrecovery.ledger.campaign.CampaignDocument;

/** A sorted list of ids on disk, as the parts in which it is stored. Blocks. */
final class SegmentParts implements AutoCloseable {
    private final String segment;
    private final BufferedReader ids;
    private int n;

    /** @param sorted what {@link IdList#sorted} has written */
    SegmentParts(String segment, Path sorted) {
        this.segment = segment;
        this.ids = reader(sorted);
    }

    /** Whom a list means once its parts are stored. */
    static CampaignDocument.Audience audience(Path sorted) {
        SegmentName name = new SegmentName();
        long size = 0;
        try (BufferedReader ids = reader(sorted)) {
            for (String id = ids.readLine(); id != null; id = ids.readLine(), size++) {
                name.add(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return size == 0 ? CampaignDocument.Audience.NOBODY : CampaignDocument.Audience.segment(name.name(), size);
    }

    /** The next part; empty behind the last one. */
    Optional<SegmentDocument> next() {
        List<String> part = new ArrayList<>(SegmentDocument.PART_SIZE);
        try {
            String id = null;
            while (part.size() < SegmentDocument.PART_SIZE && (id = ids.readLine()) != null) {
                part.add(id);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return part.isEmpty()
                ? Optional.empty()
                : Optional.of(SegmentDocument.of(segment, n++, part));
    }

    @Override
    public void close() {
        try {
            ids.close();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static BufferedReader reader(Path file) {
        try {
            return Files.newBufferedReader(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
