package org.campaignrecovery.api.campaign;

import java.time.DateTimeException;
import java.time.Instant;
import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

import org.campaignrecovery.api.problem.ProblemType;
import org.campaignrecovery.ledger.campaign.CampaignDocument;

/** In which order campaigns are listed; those that are equal are in the order of their ids. */
record CampaignSort(Field field, boolean descending) {
    private static final char SEPARATOR = '/';

    /** What they can be sorted by; no campaign is without it. */
    enum Field {
        /** Ids begin with the time at which they were made. */
        CREATED("createdAt", "_id", campaign -> campaign.id, text -> text),
        UPDATED("updatedAt", "updatedAt", campaign -> campaign.updatedAt, Instant::parse),
        START("startDate", "startDate", campaign -> campaign.startDate, Instant::parse),
        NAME("name", "name", campaign -> campaign.name, text -> text);

        private final String wire;
        private final String stored;
        private final Function<CampaignDocument, Object> value;
        private final Function<String, Object> parse;

        Field(String wire, String stored, Function<CampaignDocument, Object> value, Function<String, Object> parse) {
            this.wire = wire;
            this.stored = stored;
            this.value = value;
            this.parse = parse;
        }

        /** Name of the document's field. */
        String stored() {
            return stored;
        }
    }

    /**
     * A place in the list.
     *
     * @param value of the field there
     */
    record Position(Object value, String id) {
    }

    /** @param text a field, with {@code -} before it for descending; null for the newest first */
    static CampaignSort parse(String text) {
        if (text == null || text.isEmpty()) {
            return new CampaignSort(Field.CREATED, true);
        }
        boolean descending = text.startsWith("-");
        String name = descending ? text.substring(1) : text;
        return Arrays.stream(Field.values()).filter(field -> field.wire.equals(name)).findFirst()
                .map(field -> new CampaignSort(field, descending))
                .orElseThrow(() -> ProblemType.BAD_REQUEST.problem("sort must be one of %s, with - before it for descending"
                        .formatted(Arrays.stream(Field.values()).map(field -> field.wire).collect(Collectors.joining(", ")))));
    }

    /** The place of a campaign, for a cursor; it says what the list was sorted by. */
    String position(CampaignDocument campaign) {
        return field == Field.CREATED ? campaign.id : field.wire + SEPARATOR + field.value.apply(campaign) + SEPARATOR + campaign.id;
    }

    /**
     * @param text what {@link #position} made, or null
     * @return null for the beginning
     */
    Position parsePosition(String text) {
        if (text == null || field == Field.CREATED && text.indexOf(SEPARATOR) < 0) {
            return text == null ? null : new Position(text, text);
        }
        int begin = text.indexOf(SEPARATOR) + 1;
        int end = text.lastIndexOf(SEPARATOR);
        if (end > begin && text.startsWith(field.wire + SEPARATOR)) {
            try {
                return new Position(field.parse.apply(text.substring(begin, end)), text.substring(end + 1));
            } catch (DateTimeException e) {
                // said below
            }
        }
        throw ProblemType.BAD_REQUEST.problem("cursor must be the value of next of an earlier answer with the same sort");
    }
}
