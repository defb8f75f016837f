package org.campaignrecovery.local.stack;

/** The embedded servers. */
enum Part {
    MONGO("the MongoDB-compatible server", 27017),
    KAFKA("Kafka", 9092),
    SMTP("the SMTP server", 1025),
    TWILIO("the stand-in for Twilio",
            8025);

    private final String title;
    private final int defaultPort;

    Part(String title, int defaultPort) {
        this.title = title;
        this.defaultPort = defaultPort;
    }

    String title() {
        return title;
    }

    int defaultPort() {
        return defaultPort;
    }

    String portVariable() {
        return "STACK_" + name() + "_PORT";
    }
}
