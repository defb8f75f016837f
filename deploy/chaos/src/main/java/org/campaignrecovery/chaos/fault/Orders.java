package org.campaignrecovery.chaos.fault;

import org.campaignrecovery.local.access.LocalUsers;
import org.campaignrecovery.local.client.ApiException;

/** What an operator orders about the campaign of a round. */
final class Orders {
    private Orders() {
    }

    /** An order whose answer was lost is given again; that it cannot be carried out (any more) is an answer too. */
    static void give(Play play, String order) {
        try {
            play.door().ask(LocalUsers.OPERATOR, api -> api.post("/api/campaigns/" + play.campaign() + "/" + order));
            play.timeline().note("%s is acknowledged", order);
        } catch (ApiException e) {
            play.timeline().note("%s is refused: %s", order, e.getMessage());
        }
    }
}
