package org.campaignrecovery.api.paging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.function.Function;

import org.junit.jupiter.api.Test;

import io.quarkiverse.resteasy.problem.HttpProblem;

class PagingTest {

    @Test
    void theCursorLeadsBackToTheId() {
        assertThat(Paging.of("2", Paging.cursor("6b04@2030-01-01T00:00:00Z"))).isEqualTo(new Paging("6b04@2030-01-01T00:00:00Z", 2));
        assertThat(Paging.of(null, null)).isEqualTo(new Paging(null, Paging.DEFAULT_LIMIT));
    }

    @Test
    void nonsenseIsRefused() {
        for (String limit : new String[]{"0", "-1", "501", "ten", "1.5", "99999999999"}) {
            assertThatThrownBy(() -> Paging.of(limit, null)).as(limit).isInstanceOf(HttpProblem.class);
        }
        for (String cursor : new String[]{"%", "YWJj", "..."}) {
            assertThatThrownBy(() -> Paging.of(null, cursor)).as(cursor).isInstanceOf(HttpProblem.class);
        }
    }

    @Test
    void oneMoreThanAskedForMeansThereIsMore() {
        Listing<String> more = Listing.of(List.of("a", "b", "c"), 2, Function.identity());
        assertThat(more.items()).containsExactly("a", "b");
        assertThat(Paging.of(null, more.next()).after()).isEqualTo("b");
        assertThat(Listing.of(List.of("a", "b"), 2, Function.identity()).next()).isNull();
    }
}
