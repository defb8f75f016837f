package org.campaignrecovery.api.doctor;

/** What a check asks; when it does not answer, the check says so. */
enum Source {
    LEDGER("the ledger's database (CAMPAIGN_MONGO_URI)", "See that MongoDB runs and that CAMPAIGN_MONGO_URI leads to it."),
    ORDERS("the orders' database (MONGO_URI)", "See that the orders' cluster runs and that MONGO_URI leads to it."),
    KAFKA("Kafka (KAFKA_BOOTSTRAP_SERVERS)",
            "See that Kafka runs and that KAFKA_BOOTSTRAP_SERVERS leads to it; campaigns go on meanwhile, by the ledger's sweeps.");

    private static final int LONGEST = 200;

    private final String title;
    private final String recommendation;

    Source(String title, String recommendation) {
        this.title = title;
        this.recommendation = recommendation;
    }

    Finding silent(long seconds) {
        return Finding.failure("%s has not answered within %d s".formatted(title, seconds), recommendation);
    }

    Finding failed(Throwable failure) {
        String why = failure.getMessage() == null ? "" : ": " + firstSentence(failure.getMessage());
        return Finding.failure("%s could not be asked (%s%s)".formatted(title, failure.getClass().getSimpleName(), why), recommendation);
    }

    /** Drivers tell their whole story; its beginning is enough. */
    private static String firstSentence(String message) {
        String first = message.lines().findFirst().orElse("").split("\\. ", 2)[0];
        return first.length() <= LONGEST ? first : first.substring(0, LONGEST) + "…";
    }
}
