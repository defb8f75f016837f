package org.campaignrecovery.worker.sending.email;

/** A mailbox with a display name (RFC 5322, 3.4), in the form that the MIME encoder takes. */
final class Mailbox {

    private Mailbox() {
    }

    /** @param name display name, or null or blank for none; characters that would end it are dropped */
    static String of(String name, String address) {
        if (name == null || name.isBlank()) {
            return address;
        }
        return address + " (" + EncodedWords.of(name.replaceAll("[()<>\\r\\n\\\\]", " ").strip()) + ")";
    }
}
