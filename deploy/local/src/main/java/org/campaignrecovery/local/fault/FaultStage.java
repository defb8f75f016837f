package org.campaignrecovery.local.fault;

/** When a stand-in asks whether a fault strikes. */
public enum FaultStage {
    /** A connection to the mail server was accepted, nothing is said yet. */
    CONNECTION,
    /** MAIL was read. Its recipient is not known yet. */
    MAIL,
    /** RCPT was read. */
    RECIPIENT,
    /** 354 was sent, nothing of the message is read yet. */
    CONTENT,
    /** The whole message was read, with its final dot. */
    DOT,
    /** A request for an SMS was read. */
    REQUEST
}
