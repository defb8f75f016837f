package org.campaignrecovery.ledger.doorbell;

/** A record that will never be understood: unreadable, of an unknown type, or about something that does not exist. */
public class PoisonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public PoisonException(String message) {
        super(message);
    }
}
