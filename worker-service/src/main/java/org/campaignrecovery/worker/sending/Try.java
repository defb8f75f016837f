package org.campaignrecovery.worker.sending;

import java.time.Instant;

/**
 * An attempt at a message.
 *
 * @param number from 1
 * @param first when the first one was made, or null when this is it
 */
public record Try(int number, Instant first) {
}
