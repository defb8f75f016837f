package org.campaignrecovery.model.template;

/** What becomes of a value's characters that mean something in the text around it. */
public enum Escaping {
    /** A value is text, never markup: {@code <}, {@code &} and quotes become entities. */
    HTML,
    /** Plain text: a value stays as it is. */
    NONE
}
