package org.campaignrecovery.api.backlog;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Set;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;
import org.junit.jupiter.api.Test;

class BacklogTest {
    private static final OpenRun BUSY = new OpenRun("busy", "a", RunState.SENDING);
    private static final OpenRun RESTING = new OpenRun("resting", "b", RunState.SENDING);
    private static final OpenRun EMPTY = new OpenRun("empty", "c", RunState.PLANNING);

    @Test
    void deliveriesAreSummedByChannel() {
        assertThat(Backlog.deliveries(List.of(open("one", Channel.SMS, 3), open("two", Channel.SMS, 4))))
                .isEqualTo(Map.of(Channel.EMAIL, 0L, Channel.SMS, 7L));
    }

    @Test
    void whatMerelyWaitsForItsTimeIsNotExpectedToGetOn() {
        Backlog backlog = backlog(Set.of(), false, List.of(open("busy", Channel.SMS, 3)),
                List.of(open("busy", Channel.SMS, 3), open("resting", Channel.EMAIL, 9)));
        assertThat(backlog.expected()).as("what is not planned yet or only has to be completed is").containsOnly("busy", "empty");
    }

    @Test
    void whatSomebodyHasStoppedIsNotExpectedToGetOn() {
        List<OpenWork> work = List.of(open("busy", Channel.SMS, 3), open("resting", Channel.SMS, 3));
        assertThat(backlog(Set.of("a"), false, work, List.of()).expected()).containsOnly("resting", "empty");
        assertThat(backlog(Set.of(), true, work, List.of()).expected()).isEmpty();
    }

    @Test
    void runsAreCountedByState() {
        assertThat(backlog(Set.of(), false, List.of(), List.of()).runs(RunState.SENDING)).isEqualTo(2);
        assertThat(backlog(Set.of(), false, List.of(), List.of()).runs(RunState.PLANNING)).isEqualTo(1);
    }

    private static Backlog backlog(Set<String> paused, boolean stopped, List<OpenWork> now, List<OpenWork> later) {
        return new Backlog(List.of(BUSY, RESTING, EMPTY), paused, stopped, now, later);
    }

    private static OpenWork open(String run, Channel channel, long deliveries) {
        return new OpenWork(run, channel, 1, deliveries);
    }
}
