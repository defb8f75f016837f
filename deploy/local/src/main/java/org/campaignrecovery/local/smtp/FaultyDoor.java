package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.util.Optional;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.fault.FaultStage;
import org.subethamail.smtp.server.Session;
import org.subethamail.smtp.server.SessionHandler;

/** Lets connections in, unless a fault says otherwise. */
final class FaultyDoor implements SessionHandler {
    private final FaultInjector faults;

    FaultyDoor(FaultInjector faults) {
        this.faults = faults;
    }

    @Override
    public SessionAcceptance accept(Session session) {
        Optional<Fault> fault = faults.strike(FaultStage.CONNECTION, null);
        if (fault.isEmpty()) {
            return SessionAcceptance.success();
        }
        if (fault.get().kind() == FaultKind.SMTP_REFUSE) {
            try {
                session.closeSocket();
            } catch (IOException e) {
                // it is gone already
            }
        }
        return SessionAcceptance.failure(fault.get().codeOr(FaultySession.UNAVAILABLE), "Not now");
    }

    @Override
    public void onSessionEnd(Session session) {
        // nothing is kept about it
    }
}
