package org.campaignrecovery.api.migration;

/** An old document that cannot be kept here in any way; the message is a sentence that says why. */
class RefusedException extends Exception {
    private static final long serialVersionUID = 1L;

    private final String id;
    private final String name;

    RefusedException(String id, String name, String sentence) {
        super(sentence);
        this.id = id;
        this.name = name;
    }

    String id() {
        return id;
    }

    String name() {
        return name;
    }
}
