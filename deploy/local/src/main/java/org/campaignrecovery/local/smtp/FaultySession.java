package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Optional;

import org.campaignrecovery.local.fault.Fault;
import org.campaignrecovery.local.fault.FaultInjector;
import org.campaignrecovery.local.fault.FaultKind;
import org.campaignrecovery.local.fault.FaultStage;
import org.subethamail.smtp.DropConnectionException;
import org.subethamail.smtp.RejectException;
import org.subethamail.smtp.server.Session;

/** The faults of one connection's dialogue. What closes the connection does so before anything more is said. */
final class FaultySession {
    static final int UNAVAILABLE = 421;
    private static final int GREYLISTED = 451;
    private static final int NO_SUCH_USER = 550;
    private static final int NO_ROOM = 452;
    private static final int UNWANTED = 554;
    private static final int FEW_BYTES = 64;
    private static final Duration LONG = Duration.ofSeconds(60);
    private static final Duration SLOW = Duration.ofSeconds(1);

    private final Session session;
    private final FaultInjector faults;

    FaultySession(Session session, FaultInjector faults) {
        this.session = session;
        this.faults = faults;
    }

    void afterMail() throws RejectException {
        Optional<Fault> fault = faults.strike(FaultStage.MAIL, null);
        if (fault.isPresent()) {
            throw fault.get().kind() == FaultKind.SMTP_UNAVAILABLE
                    ? new DropConnectionException(fault.get().codeOr(UNAVAILABLE), "Not now")
                    : closed();
        }
    }

    void afterRecipient(String recipient) throws RejectException {
        Optional<Fault> fault = faults.strike(FaultStage.RECIPIENT, recipient);
        if (fault.isPresent()) {
            throw switch (fault.get().kind()) {
                case SMTP_RCPT_LATER -> new RejectException(fault.get().codeOr(GREYLISTED), "Greylisted, try again later");
                case SMTP_RCPT_NEVER -> new RejectException(fault.get().codeOr(NO_SUCH_USER), "No such user");
                default -> closed();
            };
        }
    }

    /** Between 354 and the first byte of the message that is read. */
    void beforeContent(String recipient, InputStream content) throws IOException, RejectException {
        Optional<Fault> fault = faults.strike(FaultStage.CONTENT, recipient);
        if (fault.isPresent()) {
            if (fault.get().kind() == FaultKind.SMTP_CLOSE_IN_BODY) {
                content.readNBytes(FEW_BYTES);
            }
            throw closed();
        }
    }

    /** What is done instead of, or with, accepting a message that was read to its end. */
    void afterDot(String recipient, Acceptance acceptance) throws IOException, RejectException {
        Optional<Fault> striking = faults.strike(FaultStage.DOT, recipient);
        if (striking.isEmpty()) {
            acceptance.take();
            return;
        }
        Fault fault = striking.get();
        if (fault.kind().recorded()) {
            acceptance.take();
        }
        switch (fault.kind()) {
            case SMTP_DOT_LATER -> throw new RejectException(fault.codeOr(NO_ROOM), "Not now");
            case SMTP_DOT_NEVER -> throw new RejectException(fault.codeOr(UNWANTED), "Not wanted");
            case SMTP_SLOW -> faults.pass(fault.timeOr(SLOW));
            case SMTP_TAKE_AND_HANG, SMTP_HANG -> {
                faults.pass(fault.timeOr(LONG));
                throw closed();
            }
            default -> throw closed();
        }
    }

    private RejectException closed() {
        try {
            session.closeSocket();
        } catch (IOException e) {
            // it is gone already
        }
        return new DropConnectionException(UNAVAILABLE, "closed by a fault");
    }

    /** Takes a message. */
    @FunctionalInterface
    interface Acceptance {
        void take() throws IOException;
    }
}
