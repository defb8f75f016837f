package org.campaignrecovery.api.campaign;

import static org.campaignrecovery.model.guard.Change.add;
import static org.campaignrecovery.model.guard.Change.assign;
import static org.campaignrecovery.model.guard.Change.remove;
import static org.campaignrecovery.model.guard.Condition.equal;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

import org.campaignrecovery.ledger.campaign.CampaignDocument;
import org.campaignrecovery.model.campaign.CampaignStatus;
import org.campaignrecovery.model.guard.Change;
import org.campaignrecovery.model.guard.GuardedUpdate;

/** The guarded update that replaces a campaign's content: of exactly the revision that was seen, and leading to a draft. */
final class ContentUpdate {

    private ContentUpdate() {
    }

    static GuardedUpdate of(CampaignDocument seen, CampaignDocument next, Instant now) {
        List<Change> changes = new ArrayList<>(List.of(assign("status", CampaignStatus.DRAFT), assign("updatedAt", now), add("rev", 1),
                remove("rejectedBy"), remove("rejectionReason")));
        changes.add(field("name", next.name));
        changes.add(field("description", next.description));
        changes.add(field("channels", next.channels));
        changes.add(field("email", next.email));
        changes.add(field("sms", next.sms));
        changes.add(field("audience", next.audience));
        changes.add(field("startDate", next.startDate));
        changes.add(field("endDate", next.endDate));
        changes.add(field("timeZone", next.timeZone));
        changes.add(field("type", next.type));
        changes.add(field("schedule", next.schedule));
        changes.add(field("delivery", next.delivery));
        changes.add(field("authors", next.authors));
        return new GuardedUpdate(List.of(equal("_id", seen.id), equal("status", seen.status), equal("rev", seen.rev)), changes);
    }

    private static Change field(String name, Object value) {
        return value == null ? remove(name) : assign(name, value);
    }
}
