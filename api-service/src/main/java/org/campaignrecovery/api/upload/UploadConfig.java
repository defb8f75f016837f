package org.campaignrecovery.api.upload;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** Uploading of lists of customers. */
@ConfigMapping(prefix = "campaign.upload")
public interface UploadConfig {

    /** The most bytes that a list may have: the disk of the temporary directory holds up to three times as much for a while. */
    @WithDefault("512M")
    MemorySize maxSize();
}
