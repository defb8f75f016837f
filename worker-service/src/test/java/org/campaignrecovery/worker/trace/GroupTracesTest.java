package org.campaignrecovery.worker.trace;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;

import org.campaignrecovery.ledger.delivery.DeliveryDocument;
import org.campaignrecovery.ledger.trace.Branch;
import org.campaignrecovery.ledger.trace.TracedRun;
import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.delivery.Outcome;
import org.campaignrecovery.worker.sending.ProviderAnswer;
import org.junit.jupiter.api.Test;

import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.smallrye.mutiny.Uni;

class GroupTracesTest {
    private static final String RUN = "65f0@2026-11-27T18:00:00Z";
    private static final AttributeKey<String> OUTCOME = AttributeKey.stringKey("campaign.outcome");
    private static final Uni<Long> CLAIM = Uni.createFrom().item(2L);
    private static final Uni<Void> RECORD = Uni.createFrom().voidItem();

    private final TracedRun run = new TracedRun(RUN);
    private final GroupTraces traces = new GroupTraces(() -> 1);
    private final List<DeliveryDocument> group = List.of(delivery("d1", "ada@example.org"), delivery("d2", "bob@example.org"));

    @Test
    void theStepsOfTheFirstGroupHangOnIt() {
        work(0, ProviderAnswer.heard(new Outcome.Accepted("id")));

        SpanData until = run.named("group").get(0);
        assertThat(run.spans()).extracting(SpanData::getName).containsExactly("group", "claim", "send email", "send email", "record");
        assertThat(run.spans().subList(1, 5)).allMatch(span -> span.getParentSpanId().equals(until.getSpanId()));
        SpanData call = run.named("send email").get(0);
        assertThat(call.getAttributes().get(AttributeKey.stringKey("campaign.delivery.id"))).isEqualTo("d1");
        assertThat(call.getAttributes().get(AttributeKey.stringKey("campaign.batch.id"))).isEqualTo(RUN + ":0:email");
        assertThat(call.getAttributes().get(AttributeKey.stringKey("campaign.run.id"))).isEqualTo(RUN);
        assertThat(call.getAttributes().get(AttributeKey.longKey("campaign.delivery.attempt"))).isEqualTo(1);
        assertThat(call.getAttributes().get(OUTCOME)).isEqualTo("sent");
    }

    /** Or the spans of a large run would grow with its messages. */
    @Test
    void theStepsOfFurtherGroupsAreLeftAlone() {
        traces.group(run.root(), 1, group, Uni.createFrom().deferred(() -> {
            assertUntouched();
            return RECORD;
        })).await().indefinitely();
        assertThat(run.spans()).isEmpty();
    }

    @Test
    void whatIsNotTracedIsLeftAlone() {
        assertThat(traces.group(Branch.NONE, 0, group, RECORD)).isSameAs(RECORD);
        assertUntouched();
    }

    /** The next group with the same messages, in another round, is not taken for this one. */
    @Test
    void aGroupThatHasEndedIsForgotten() {
        work(0, ProviderAnswer.heard(new Outcome.Accepted("id")));
        assertUntouched();
    }

    @Test
    void aGroupThatComesToNoClaimEnds() {
        traces.group(run.root(), 0, group, Uni.createFrom().<Void>failure(new IllegalStateException())).onFailure().recoverWithNull()
                .await().indefinitely();
        assertThat(run.spans()).extracting(SpanData::getName).containsExactly("group");
        assertUntouched();
    }

    /** It may quote the address. */
    @Test
    void whatAProviderSaysIsNotRepeated() {
        work(0, ProviderAnswer.heard(new Outcome.Refused("550 no such user: ada@example.org")));
        assertThat(run.named("send email")).hasSize(2).allSatisfy(call -> {
            assertThat(call.getAttributes().get(OUTCOME)).isEqualTo("failed");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
        });
        assertThat(run.spans()).extracting(GroupTracesTest::said).noneMatch(text -> text.contains("example.org") || text.contains("550"));
    }

    /** Without ids of spans and times, which may have any digits in them. */
    private static String said(SpanData span) {
        return span.getName() + span.getAttributes() + span.getStatus()
                + span.getEvents().stream().map(event -> event.getName() + event.getAttributes()).toList();
    }

    @Test
    void whatTheLastGateStopsIsReleased() {
        work(0, null);
        assertThat(run.named("send email")).hasSize(2).allSatisfy(call -> {
            assertThat(call.getAttributes().get(OUTCOME)).isEqualTo("released");
            assertThat(call.getStatus().getStatusCode()).isEqualTo(StatusCode.UNSET);
        });
    }

    private void work(int number, ProviderAnswer answer) {
        List<String> ids = group.stream().map(DeliveryDocument::id).toList();
        traces.group(run.root(), number, group, Uni.createFrom().deferred(() -> traces.claiming(ids, CLAIM)
                .chain(() -> send(0, answer)).chain(() -> send(1, answer)).chain(() -> traces.recording(ids, RECORD)))).await()
                .indefinitely();
    }

    private Uni<ProviderAnswer> send(int n, ProviderAnswer answer) {
        return traces.sending(group.get(n), Uni.createFrom().item(answer));
    }

    private void assertUntouched() {
        Uni<ProviderAnswer> attempt = Uni.createFrom().nullItem();
        assertThat(traces.claiming(List.of("d1", "d2"), CLAIM)).isSameAs(CLAIM);
        assertThat(traces.sending(group.get(0), attempt)).isSameAs(attempt);
        assertThat(traces.recording(List.of("d1"), RECORD)).isSameAs(RECORD);
    }

    private static DeliveryDocument delivery(String id, String address) {
        return DeliveryDocument.pending(id, RUN, RUN + ":0:email", Channel.EMAIL, address, "17850", Map.of("name", "Ada"), Instant.EPOCH);
    }
}
