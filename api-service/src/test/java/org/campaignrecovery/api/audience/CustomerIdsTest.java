package org.campaignrecovery.api.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;

import org.campaignrecovery.ledger.audience.SegmentDocument;
import org.junit.jupiter.api.Test;

class CustomerIdsTest {

    @Test
    void theSameCustomersHaveTheSameName() {
        assertThat(CustomerIds.of(List.of("2", "10", "1", "2")).segment()).isEqualTo(CustomerIds.of(List.of("10", "1", "2")).segment());
        assertThat(CustomerIds.of(List.of("12", "3")).segment()).isNotEqualTo(CustomerIds.of(List.of("1", "23")).segment());
    }

    @Test
    void partsHoldAllIdsInOrder() {
        CustomerIds ids = CustomerIds.of(IntStream.range(0, 12_001).mapToObj(i -> "c%05d".formatted(12_000 - i)).toList());
        List<SegmentDocument> parts = ids.parts();
        assertThat(parts).extracting(part -> part.ids().size()).containsExactly(5_000, 5_000, 2_001);
        assertThat(parts).extracting(SegmentDocument::id).containsExactly(ids.segment() + ":0", ids.segment() + ":1", ids.segment() + ":2");
        assertThat(parts.stream().flatMap(part -> part.ids().stream()).toList()).isSorted().doesNotHaveDuplicates().hasSize(ids.size());
    }
}
