package org.campaignrecovery.worker.sending.email;

/** Message-IDs (RFC 5322, 3.6.4), derived from the delivery so that a second copy of a message can be recognised. */
final class MessageIds {

    private MessageIds() {
    }

    static String of(String deliveryId, String from) {
        return "<" + deliveryId + "@" + domain(from) + ">";
    }

    /** What stands behind the last {@code @}. */
    static String domain(String address) {
        return address.substring(address.lastIndexOf('@') + 1);
    }
}
