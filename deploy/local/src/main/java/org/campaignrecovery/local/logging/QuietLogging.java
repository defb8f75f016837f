package org.campaignrecovery.local.logging;

import java.io.IOException;
import java.io.InputStream;
import java.util.logging.LogManager;

/** Lets the embedded servers' logs through from WARNING on, one line a record. */
public final class QuietLogging {
    private QuietLogging() {
    }

    /** For main methods only: it replaces the JVM's logging configuration. */
    public static void install() {
        try (InputStream settings = QuietLogging.class.getResourceAsStream("/local-logging.properties")) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            System.err.println("The logs stay as they are: " + e.getMessage());
        }
    }
}
