package org.campaignrecovery.api.backlog;

import org.campaignrecovery.model.channel.Channel;

/**
 * What of a run could be worked on now, on one channel.
 *
 * @param batches that are not closed and wait for no time
 * @param deliveries of them that are pending, sending or to be tried again
 */
record OpenWork(String run, Channel channel, long batches, long deliveries) {
}
