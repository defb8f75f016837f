package org.campaignrecovery.model.audience;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.util.List;
import java.util.stream.Stream;

import org.junit.jupiter.api.Test;

class CustomerIdTest {

    @Test
    void oneCustomerHasOneIdWhateverTypeItWasImportedWith() {
        assertThat(Stream.of(17850, 17850L, 17850.0, 17850f, new BigDecimal("17850.00"), new BigDecimal("1.785E4"), "17850", " 17850\t"))
                .allSatisfy(value -> assertThat(CustomerId.of(value)).contains(new CustomerId("17850")));
    }

    @Test
    void textThatOnlyLooksLikeANumberStaysText() {
        assertThat(CustomerId.of("017850").orElseThrow().storedAs()).isEqualTo(List.of("017850"));
        assertThat(CustomerId.of("17850.0").orElseThrow().storedAs()).isEqualTo(List.of("17850.0"));
        assertThat(CustomerId.of("+17850").orElseThrow().storedAs()).isEqualTo(List.of("+17850"));
        assertThat(CustomerId.of("NaN").orElseThrow().storedAs()).isEqualTo(List.of("NaN"));
        assertThat(CustomerId.of("99999999999999999999").orElseThrow().storedAs()).isEqualTo(List.of("99999999999999999999"));
    }

    @Test
    void aCustomerIsFoundUnderTextAndNumber() {
        assertThat(new CustomerId("17850").storedAs()).isEqualTo(List.of("17850", 17850L));
        assertThat(new CustomerId("17.5").storedAs()).isEqualTo(List.of("17.5", 17.5));
        assertThat(new CustomerId("A-1").storedAs()).isEqualTo(List.of("A-1"));
    }

    @Test
    void whatIsBlankOrNeitherTextNorNumberIsNobody() {
        assertThat(CustomerId.of(null)).isEmpty();
        assertThat(CustomerId.of(" ")).isEmpty();
        assertThat(CustomerId.of(true)).isEmpty();
        assertThat(CustomerId.of(Double.NaN)).isEmpty();
        assertThat(CustomerId.of(List.of("17850"))).isEmpty();
    }
}
