package org.campaignrecovery.local.stack;

/** The stack cannot start; the message is one sentence for the person who started it. */
public final class StackException extends RuntimeException {
    private static final long serialVersionUID = 1;

    public StackException(String message) {
        super(message);
    }

    public StackException(String message, Throwable cause) {
        super(message, cause);
    }
}
