package org.campaignrecovery.api.upload;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import java.util.stream.Stream;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.api.audience.SegmentRepository;
import org.campaignrecovery.api.load.Slots;
import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.jboss.logging.Logger;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.core.file.OpenOptions;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.core.buffer.Buffer;
import io.vertx.mutiny.core.file.AsyncFile;
import io.vertx.mutiny.core.http.HttpServerRequest;

/**
 * Takes lists of customers of any length: received, read, sorted and stored by way of files, so that memory does not depend on their
 * length. The same list is stored once. A list that is refused, or that nobody waits for any more, leaves nothing that counts: no
 * campaign names it.
 */
@ApplicationScoped
class AudienceUpload {
    private static final Logger LOG = Logger.getLogger(AudienceUpload.class);

    private final Vertx vertx;
    private final SegmentRepository segments;
    private final UploadConfig config;
    private final Slots slots = new Slots(2, "two lists are being taken here already; please try again in a moment");

    AudienceUpload(Vertx vertx, SegmentRepository segments, UploadConfig config) {
        this.vertx = vertx;
        this.segments = segments;
        this.config = config;
    }

    /** The list that the body holds, stored. Fails with a problem when the body is too long or no such list. */
    Uni<CampaignDocument.Audience> taken(HttpServerRequest request) {
        return slots.within(onWorker(AudienceUpload::newFolder).chain(folder -> received(request, folder.resolve("received"))
                .chain(csv -> onWorker(() -> IdList.sorted(csv, folder))).chain(this::stored).onTermination()
                .call(() -> onWorker(() -> deleted(folder)))));
    }

    private Uni<Path> received(HttpServerRequest request, Path csv) {
        AtomicLong length = new AtomicLong();
        return vertx.fileSystem().open(csv.toString(), new OpenOptions().setCreateNew(true))
                .chain(file -> request.toMulti().onItem()
                        .transformToUniAndConcatenate(chunk -> written(chunk, file, length)).collect().last()
                        .onTermination().call(file::close))
                .replaceWith(csv);
    }

    private Uni<Void> written(Buffer chunk, AsyncFile file, AtomicLong length) {
        if (length.addAndGet(chunk.length()) > config.maxSize().asLongValue()) {
            throw ProblemType.TOO_LARGE.problem("the list is larger than the %d bytes that are accepted (campaign.upload.max-size)"
                    .formatted(config.maxSize().asLongValue()));
        }
        return file.write(chunk);
    }

    private Uni<CampaignDocument.Audience> stored(Path sorted) {
        return onWorker(() -> SegmentParts.audience(sorted)).call(audience -> audience.size() == 0
                ? Uni.createFrom().voidItem()
                : onWorker(() -> new SegmentParts(audience.segment(), sorted)).chain(parts -> store(parts).onTermination()
                        .invoke(parts::close)));
    }

    private Uni<Void> store(SegmentParts parts) {
        return onWorker(parts::next).call(part -> part.isEmpty()
                ? Uni.createFrom().voidItem()
                : segments.insert(List.of(part.get())))
                .repeat().whilst(Optional::isPresent).collect().last().replaceWithVoid();
    }

    private static Path newFolder() {
        try {
            return Files.createTempDirectory("audience-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Void deleted(Path folder) {
        try (Stream<Path> files = Files.list(folder)) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
            Files.delete(folder);
        } catch (IOException e) {
            LOG.warnf("%s could not be deleted: %s", folder, e.getMessage());
        }
        return null;
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
