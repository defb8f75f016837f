package org.campaignrecovery.api.run.timeline;

import java.time.Instant;

import org.campaignrecovery.model.Wire;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * One thing in the life of a run. No address is in it.
 *
 * @param what one of the names of {@link TimelineEvent}
 * @param detail a sentence, or missing when {@code what} says it all
 * @param until when the last of several such things happened
 * @param count how many messages it is about
 * @param who a user's name, or {@code system}
 * @param batchId the batch concerned
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
@Schema(name = "TimelineEntry", requiredProperties = {"at", "what"})
public record TimelineEntry(Instant at, String what, String detail, Instant until, Long count, String who, String batchId) {

    /** @param at may be null, when it has not happened: such entries are left out */
    static TimelineEntry of(Instant at, TimelineEvent what, String detail) {
        return new TimelineEntry(at, what.wire(), detail, null, null, null, null);
    }

    static TimelineEntry by(String who, Instant at, TimelineEvent what, String detail) {
        return new TimelineEntry(at, what.wire(), detail, null, null, who, null);
    }

    static TimelineEntry ofBatch(String batch, Instant at, TimelineEvent what, String detail, Long count) {
        return new TimelineEntry(at, what.wire(), detail, null, count, null, batch);
    }

    static TimelineEntry several(long count, Instant first, Instant last, TimelineEvent what, String detail) {
        return new TimelineEntry(first, what.wire(), detail, last, count, null, null);
    }

    TimelineEvent event() {
        return Wire.parse(TimelineEvent.class, what);
    }
}
