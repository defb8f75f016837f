package org.campaignrecovery.worker.consent;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import org.campaignrecovery.ledger.consent.ConsentConfig;
import org.campaignrecovery.ledger.consent.LinkKeyRepository;
import org.jboss.logging.Logger;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;

/** The links of this installation. */
@ApplicationScoped
public class ConsentLinks {
    private static final Logger LOG = Logger.getLogger(ConsentLinks.class);

    private final ConsentConfig config;
    private final LinkKeyRepository keys;

    ConsentLinks(ConsentConfig config, LinkKeyRepository keys) {
        this.config = config;
        this.keys = keys;
    }

    void warn(@Observes StartupEvent event) {
        if (config.publicUrl().isEmpty()) {
            LOG.warn("e-mails carry no link to unsubscribe: set PUBLIC_URL to where recipients reach the api");
        }
    }

    /** How messages are rendered here. */
    public Uni<MessageLinks> links() {
        return config.publicUrl().map(url -> keys.links().map(links -> MessageLinks.at(url, links, config.label())))
                .orElseGet(() -> Uni.createFrom().item(MessageLinks.NONE));
    }
}
