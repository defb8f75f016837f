package org.campaignrecovery.ledger.consent;

import java.util.Optional;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How recipients take their consent back. */
@ConfigMapping(prefix = "campaign.consent")
public interface ConsentConfig {

    /** {@code PUBLIC_URL}: where the world reaches the api. Without it e-mails carry no link to unsubscribe. */
    Optional<String> publicUrl();

    /** What the link says that is added to an e-mail whose author has not put {@code {{unsubscribe_url}}} into it. */
    @WithDefault("Unsubscribe")
    String label();
}
