package org.campaignrecovery.api.progress;

import java.nio.charset.StandardCharsets;
import java.util.UUID;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;

/**
 * A progress as it is told.
 *
 * @param id derived from the data: what says the same has the same one
 * @param data JSON
 */
record Told(String id, String data) {

    static Told of(CampaignProgress progress, ObjectMapper json) {
        try {
            String data = json.writeValueAsString(progress);
            return new Told(UUID.nameUUIDFromBytes(data.getBytes(StandardCharsets.UTF_8)).toString(), data);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException(e);
        }
    }
}
