package org.campaignrecovery.ledger.log;

import java.util.logging.Filter;
import java.util.logging.LogRecord;

import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.quarkus.logging.LoggingFilter;

/** Lets everything pass, and gives it its keys as context, which logs in JSON show as {@code mdc}. */
@LoggingFilter(name = "log-keys")
public final class LogKeysFilter implements Filter {
    private final ExtFormatter formatter = new PatternFormatter("%s");

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord message) {
            LogKeys.of(formatter.formatMessage(record)).forEach(message::putMdc);
        }
        return true;
    }
}
