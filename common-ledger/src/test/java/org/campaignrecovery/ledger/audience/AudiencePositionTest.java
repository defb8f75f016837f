package org.campaignrecovery.ledger.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;

import org.bson.BsonDecimal128;
import org.bson.BsonDouble;
import org.bson.BsonInt32;
import org.bson.BsonInt64;
import org.bson.BsonNull;
import org.bson.BsonString;
import org.bson.BsonValue;
import org.bson.types.Decimal128;
import org.campaignrecovery.model.audience.CustomerId;
import org.junit.jupiter.api.Test;

class AudiencePositionTest {

    /** As the database orders ids: numbers of every type, then texts by their bytes. */
    private static final List<BsonValue> ORDERED = List.of(new BsonInt32(-3), new BsonDouble(2.5), new BsonInt64(9), new BsonInt32(10),
            new BsonDecimal128(new Decimal128(11)), new BsonInt64(17850), new BsonString(""), new BsonString(" 17850"),
            new BsonString("10"),
            new BsonString("17850"), new BsonString("9"), new BsonString("a"), new BsonString("\uffff"), new BsonString("\ud83d\ude00"));

    @Test
    void everyCustomerIsOnOnePageHoweverPagesAreCut() {
        for (int first = 0; first < ORDERED.size(); first++) {
            for (int second = first + 1; second < ORDERED.size(); second++) {
                List<BsonValue> ends = List.of(ORDERED.get(first), ORDERED.get(second), ORDERED.get(ORDERED.size() - 1));
                for (int customer = 0; customer < ORDERED.size(); customer++) {
                    int expected = customer <= first ? 0 : customer <= second ? 1 : 2;
                    assertThat(covering(ends, ORDERED.get(customer))).as("%s of %s", ORDERED.get(customer), ends).containsExactly(expected);
                }
            }
        }
    }

    private static List<Integer> covering(List<BsonValue> ends, BsonValue customer) {
        List<Integer> pages = new ArrayList<>();
        BsonValue from = null;
        for (int n = 0; n < ends.size(); n++) {
            if (AudiencePosition.mayCover(from, ends.get(n), customer)) {
                pages.add(n);
            }
            from = ends.get(n);
        }
        return pages;
    }

    @Test
    void aPositionThatIsNotKnownExcludesNobody() {
        assertThat(AudiencePosition.mayCover(BsonNull.VALUE, null, new BsonInt64(5))).isTrue();
        assertThat(AudiencePosition.mayCover(new BsonInt64(4), null, new BsonInt64(5))).isTrue();
        assertThat(AudiencePosition.same(null, new BsonInt64(5))).isFalse();
    }

    @Test
    void aCustomerStandsWhereverOrdersMayNameThem() {
        assertThat(AudiencePosition.of(new CustomerId("17850"), "17850")).containsExactly(new BsonString("17850"), new BsonInt64(17850));
        assertThat(AudiencePosition.of(new CustomerId("17850"), " 17850")).contains(new BsonString(" 17850"));
        assertThat(AudiencePosition.of(new CustomerId("ada"), "ada")).containsExactly(new BsonString("ada"));
        assertThat(AudiencePosition.same(new BsonDouble(17850), new BsonInt64(17850))).isTrue();
    }

    @Test
    void thePlaceInAListIsTheNumberOfIdsReadSoFar() {
        assertThat(AudiencePosition.mayCover(null, new BsonInt64(50), AudiencePosition.of(49))).isTrue();
        assertThat(AudiencePosition.mayCover(new BsonInt64(50), new BsonInt64(550), AudiencePosition.of(49))).isFalse();
        assertThat(AudiencePosition.mayCover(new BsonInt64(50), new BsonInt64(550), AudiencePosition.of(50))).isTrue();
    }
}
