package org.campaignrecovery.model.address;

import static org.assertj.core.api.Assertions.assertThat;
import static org.quicktheories.QuickTheory.qt;
import static org.quicktheories.generators.SourceDSL.strings;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class EmailAddressTest {

    @ParameterizedTest
    @CsvSource(ignoreLeadingAndTrailingWhitespace = false, value = {"c17850@customers.example,c17850@customers.example",
            "  C13767@Customers.Example ,c13767@customers.example", "o'neil+offers@a-b.example,o'neil+offers@a-b.example",
            "\u00a0dana@customers.example\u200b,dana@customers.example", "noel@b\u00fccher.example,noel@xn--bcher-kva.example",
            "NOEL@B\u00dcCHER.EXAMPLE,noel@xn--bcher-kva.example", "x@y.z1,x@y.z1"})
    void aTextHasOneNormalForm(String raw, String normal) {
        assertThat(EmailAddress.parse(raw)).map(EmailAddress::text).contains(normal);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", " ", "no-at-sign", "@customers.example", "c17924@", "c16928@customers..example", "a@localhost",
            ".a@b.example",
            "a.@b.example", "a..b@c.example", "a b@c.example", "a@b c.example", "a@-b.example", "a@b-.example", "a@b.example.",
            "a@.b.example",
            "a@b_c.example", "a@[192.0.2.1]", "a@192.0.2.1", "\"a b\"@c.example", "a@b@c.example", "Dana <dana@c.example>",
            "a@b.example,c@d.example",
            "a@b.example\r\nBcc: c@d.example", "no\u00ebl@c.example", "a\u0000@c.example"})
    void whatCannotBeMailedToIsNoAddress(String raw) {
        assertThat(EmailAddress.parse(raw)).isEmpty();
    }

    @Test
    void aForeignLetterThatFoldsToAsciiDoesNotBecomeSomebodyElse() {
        assertThat(EmailAddress.parse("\u212Aelvin@c.example")).as("KELVIN SIGN").isEmpty();
    }

    @Test
    void theLengthLimitsOfRfc5321Hold() {
        String domain = ("d".repeat(60) + ".").repeat(3) + "example";
        assertThat(EmailAddress.parse("l".repeat(64) + "@c.example")).isPresent();
        assertThat(EmailAddress.parse("l".repeat(65) + "@c.example")).isEmpty();
        assertThat(EmailAddress.parse("l".repeat(254 - 1 - domain.length()) + "@" + domain)).isPresent();
        assertThat(EmailAddress.parse("l".repeat(255 - 1 - domain.length()) + "@" + domain)).isEmpty();
        assertThat(EmailAddress.parse("a@" + "d".repeat(63) + ".example")).isPresent();
        assertThat(EmailAddress.parse("a@" + "d".repeat(64) + ".example")).isEmpty();
    }

    @Test
    void normalisingAgainChangesNothing() {
        qt().forAll(strings().basicLatinAlphabet().ofLengthBetween(0, 8), strings().allPossible().ofLengthBetween(0, 8))
                .check((local, domain) -> {
                    var once = EmailAddress.parse(local + "@" + domain + ".example");
                    return once.isEmpty() || EmailAddress.parse(once.get().text()).equals(once);
                });
    }
}
