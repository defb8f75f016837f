package org.campaignrecovery.api.audience;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Objects;
import java.util.function.BiConsumer;
import java.util.stream.Stream;

import org.campaignrecovery.api.time.LocalOrInstant;
import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.audience.CustomerFilter;

/** Reads whom a request means, and notes what it cannot read. */
public final class TargetsReader {
    public static final int MAX_IDS = 100_000;
    private static final int MAX_COUNTRIES = 300;

    private final ZoneId zone;
    private final BiConsumer<String, String> refusals;

    /**
     * @param zone in which local times are read
     * @param refusals takes a field and what is wrong with it
     */
    public TargetsReader(ZoneId zone, BiConsumer<String, String> refusals) {
        this.zone = zone;
        this.refusals = refusals;
    }

    /** Null when nobody is meant, or when it cannot be told who. */
    public Targets read(List<String> ids, AudienceRequest audience) {
        if (ids != null && audience != null) {
            refuse("audience", "give either targetedCustomerIds or audience, not both");
            return null;
        }
        return ids != null ? ids(ids) : audience == null ? null : audience(audience);
    }

    private Targets ids(List<String> ids) {
        if (ids.size() > MAX_IDS) {
            refuse("targetedCustomerIds", "may have up to %,d ids, not %,d; upload more as a file: PUT /api/campaigns/{id}/audience.csv"
                    .formatted(MAX_IDS, ids.size()));
        } else if (ids.contains("")) {
            refuse("targetedCustomerIds", "has a blank id at position %d".formatted(ids.indexOf("")));
        }
        return new Targets.Ids(ids);
    }

    private Targets audience(AudienceRequest audience) {
        boolean all = Boolean.TRUE.equals(audience.allCustomers());
        boolean list = Boolean.TRUE.equals(audience.storedList());
        if (Stream.of(all, list, audience.filter() != null).filter(Boolean::booleanValue).count() > 1) {
            refuse("audience", "give one of allCustomers, filter and storedList");
            return null;
        }
        if (audience.filter() != null) {
            return filter(audience.filter());
        }
        return all ? new Targets.Known(CampaignDocument.Audience.EVERYBODY) : list ? new Targets.StoredList() : null;
    }

    private Targets filter(AudienceRequest.Filter filter) {
        CustomerFilter read = new CustomerFilter(countries(filter.countries()), time("lastOrderAfter", filter.lastOrderAfter()),
                time("lastOrderBefore", filter.lastOrderBefore()), filter.minTotalSpent(), filter.maxTotalSpent(), filter.minOrders(),
                filter.maxOrders());
        if (filter.equals(new AudienceRequest.Filter(null, null, null, null, null, null, null))) {
            refuse("audience.filter", "has no condition; say {\"allCustomers\": true} to mean everybody");
        }
        ordered("lastOrderBefore", "must be later than lastOrderAfter", read.lastOrderAfter(), read.lastOrderBefore(), true);
        ordered("maxTotalSpent", "must not be less than minTotalSpent", read.minTotalSpent(), read.maxTotalSpent(), false);
        ordered("maxOrders", "must not be less than minOrders", read.minOrders(), read.maxOrders(), false);
        return new Targets.Known(CampaignDocument.Audience.filtered(read));
    }

    private List<String> countries(List<String> names) {
        if (names == null) {
            return null;
        }
        if (names.isEmpty() || names.size() > MAX_COUNTRIES) {
            refuse("audience.filter.countries", "must name 1 to %d countries, or be left out".formatted(MAX_COUNTRIES));
        } else if (names.stream().anyMatch(name -> name == null || name.isBlank())) {
            refuse("audience.filter.countries", "has a blank name");
        }
        return names.stream().filter(Objects::nonNull).map(String::strip).distinct().sorted().toList();
    }

    private Instant time(String field, String text) {
        return text == null ? null : LocalOrInstant.parse(text, zone).orElseGet(() -> {
            refuse("audience.filter." + field, "must be a time like 2030-01-31T09:00:00Z, or without the offset to be read in timeZone");
            return null;
        });
    }

    private <T extends Comparable<T>> void ordered(String field, String otherwise, T from, T to, boolean strictly) {
        if (from != null && to != null && from.compareTo(to) > (strictly ? -1 : 0)) {
            refuse("audience.filter." + field, otherwise + ": the filter would accept nobody");
        }
    }

    private void refuse(String field, String message) {
        refusals.accept(field, message);
    }
}
