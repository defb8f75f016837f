package org.campaignrecovery.api.backlog;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import org.campaignrecovery.model.channel.Channel;
import org.campaignrecovery.model.run.RunState;

/**
 * What is left to do, read at about one instant.
 *
 * @param runs that are under way
 * @param paused ids of campaigns
 * @param stopped whether sending is switched off for everything
 * @param now what could be worked on
 * @param later what waits for its time: a retry, a send window, a provider that is left alone
 */
record Backlog(List<OpenRun> runs, Set<String> paused, boolean stopped, List<OpenWork> now, List<OpenWork> later) {

    /** Every channel is there. */
    static Map<Channel, Long> deliveries(List<OpenWork> work) {
        Map<Channel, Long> sums = new EnumMap<>(Channel.class);
        for (Channel channel : Channel.values()) {
            sums.put(channel, 0L);
        }
        work.forEach(one -> sums.merge(one.channel(), one.deliveries(), Long::sum));
        return sums;
    }

    long runs(RunState state) {
        return runs.stream().filter(run -> run.state() == state).count();
    }

    /** Runs of which something ought to change soon. Nobody has stopped them, and they do not merely wait for a time. */
    Set<String> expected() {
        Set<String> busy = ids(now);
        Set<String> waiting = ids(later);
        return stopped
                ? Set.of()
                : runs.stream().filter(run -> !paused.contains(run.campaignId())).map(OpenRun::id)
                        .filter(run -> busy.contains(run) || !waiting.contains(run)).collect(Collectors.toSet());
    }

    private static Set<String> ids(List<OpenWork> work) {
        return work.stream().map(OpenWork::run).collect(Collectors.toSet());
    }
}
