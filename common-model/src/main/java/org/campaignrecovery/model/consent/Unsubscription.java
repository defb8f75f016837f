package org.campaignrecovery.model.consent;

import org.campaignrecovery.model.channel.Channel;

/**
 * What a link to unsubscribe stands for.
 *
 * @param address normalised
 * @param run whose message carries the link
 */
public record Unsubscription(Channel channel, String address, String run) {
}
