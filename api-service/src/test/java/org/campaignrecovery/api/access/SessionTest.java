package org.campaignrecovery.api.access;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

import org.junit.jupiter.api.Test;

class SessionTest {
    private static final Instant LOGIN = Instant.parse("2030-01-01T00:00:00Z");
    private static final Duration WEEK = Duration.ofDays(7);

    @Test
    void namesMayHaveColons() {
        Session session = new Session(LOGIN, 3, "a:b:c");
        assertThat(Session.decode(session.encode())).contains(session);
    }

    @Test
    void otherTextsAreNoSessions() {
        for (String text : new String[]{"", "ann", "1:ann", "x:1:ann", "1:-1:ann"}) {
            assertThat(Session.decode(text)).as(text).isEmpty();
        }
    }

    @Test
    void itEndsWithItsTimeThePasswordAndTheUser() {
        Session session = new Session(LOGIN, 3, "ann");
        assertThat(session.isOf(user(true, 3), LOGIN.plus(WEEK).minusMillis(1), WEEK)).isTrue();
        assertThat(session.isOf(user(true, 3), LOGIN.plus(WEEK), WEEK)).isFalse();
        assertThat(session.isOf(user(true, 4), LOGIN, WEEK)).isFalse();
        assertThat(session.isOf(user(false, 3), LOGIN, WEEK)).isFalse();
    }

    private static UserDocument user(boolean enabled, int epoch) {
        return new UserDocument("ann", "", Set.of(Role.MARKETER), enabled, epoch, LOGIN, LOGIN);
    }
}
