package org.campaignrecovery.api.backlog;

import org.campaignrecovery.model.run.RunState;

/** A run that is under way. */
record OpenRun(String id, String campaignId, RunState state) {
}
