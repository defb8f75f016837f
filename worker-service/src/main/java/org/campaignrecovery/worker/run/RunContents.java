package org.campaignrecovery.worker.run;

import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

import jakarta.enterprise.context.ApplicationScoped;

import org.campaignrecovery.ledger.run.RunDocument;
import org.campaignrecovery.model.template.ContentException;
import org.campaignrecovery.model.template.ContentTemplates;
import org.campaignrecovery.worker.consent.ConsentLinks;
import org.campaignrecovery.worker.consent.MessageLinks;

import io.smallrye.mutiny.Uni;

/** The frozen part of runs with its templates compiled once per run; the least recently used are forgotten. */
@ApplicationScoped
public class RunContents {
    private static final int KEPT = 64;

    private final RunRepository runs;
    private final ConsentLinks consent;
    private final Map<String, RunContent> kept = new LinkedHashMap<>(KEPT, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, RunContent> eldest) {
            return size() > KEPT;
        }
    };

    RunContents(RunRepository runs, ConsentLinks consent) {
        this.runs = runs;
        this.consent = consent;
    }

    /** The content of a run, or null when there is no such run; fails with {@link UnrenderableContentException} when it is no template. */
    public Uni<RunContent> of(String runId) {
        RunContent known = get(runId);
        return known != null
                ? Uni.createFrom().item(known)
                : runs.byId(runId).chain(run -> run == null
                        ? Uni.createFrom().nullItem()
                        : consent.links().map(links -> keep(runId, RunContent.compile(run, links))));
    }

    private RunContent get(String runId) {
        synchronized (kept) {
            return kept.get(runId);
        }
    }

    private RunContent keep(String runId, RunContent content) {
        synchronized (kept) {
            kept.put(runId, content);
        }
        return content;
    }

    /** The content of a run is no template: nothing of it can ever be sent. */
    public static class UnrenderableContentException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        UnrenderableContentException(ContentException cause) {
            super("the content cannot be rendered: " + cause.getMessage(), cause);
        }
    }

    /** What a run sends and how, and when it was due. */
    public record RunContent(String runId, String campaignId, String campaignName, Instant scheduledFor, RunDocument.Frozen frozen,
            ContentTemplates templates, MessageLinks links) {

        static RunContent compile(RunDocument run, MessageLinks links) {
            try {
                return new RunContent(run.id, run.campaignId, run.campaignName, run.scheduledFor, run.frozen,
                        ContentTemplates.compile(run.frozen.email(), run.frozen.sms()), links);
            } catch (ContentException e) {
                throw new UnrenderableContentException(e);
            }
        }
    }
}
