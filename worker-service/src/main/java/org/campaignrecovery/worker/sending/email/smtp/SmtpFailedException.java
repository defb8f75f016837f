package org.campaignrecovery.worker.sending.email.smtp;

/** A message was not handed over, or nobody can know whether it was: the phase and the reply tell. */
public class SmtpFailedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final SmtpPhase phase;
    private final transient SmtpReply reply;

    SmtpFailedException(SmtpPhase phase, SmtpReply reply) {
        super("the SMTP server answered " + reply, null, false, false);
        this.phase = phase;
        this.reply = reply;
    }

    SmtpFailedException(SmtpPhase phase, String what) {
        super(what, null, false, false);
        this.phase = phase;
        this.reply = null;
    }

    public SmtpPhase phase() {
        return phase;
    }

    /** The server's refusal, or null when it gave none. */
    public SmtpReply reply() {
        return reply;
    }

    /** Whether the server may have taken the message. */
    public boolean ambiguous() {
        return phase == SmtpPhase.FINAL && reply == null;
    }
}
