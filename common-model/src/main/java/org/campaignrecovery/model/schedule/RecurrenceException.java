package org.campaignrecovery.model.schedule;

/** A recurrence rule that cannot be used; the message is a sentence for its author that continues "recurrenceRule …". */
public class RecurrenceException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RecurrenceException(String message) {
        super(message);
    }
}
