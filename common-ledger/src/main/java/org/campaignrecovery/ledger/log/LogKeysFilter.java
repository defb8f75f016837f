package org.campaignrecovery.ledger.log;

import java.util.Map;
import java.util.logging.Filter;
import java.util.logging.LogRecord;

import org.campaignrecovery.model.trace.RunTrace;
import org.eclipse.microprofile.config.ConfigProvider;
import org.jboss.logmanager.ExtFormatter;
import org.jboss.logmanager.ExtLogRecord;
import org.jboss.logmanager.formatters.PatternFormatter;

import io.quarkus.logging.LoggingFilter;

/**
 * Lets everything pass, and gives it its keys as context, which logs in JSON show as {@code mdc}. Where runs are traced, what is about a run
 * has its trace's id there, too.
 */
@LoggingFilter(name = "log-keys")
public final class LogKeysFilter implements Filter {
    private final ExtFormatter formatter = new PatternFormatter("%s");
    private final boolean traced = ConfigProvider.getConfig().getOptionalValue("campaign.tracing.endpoint", String.class).isPresent();

    @Override
    public boolean isLoggable(LogRecord record) {
        if (record instanceof ExtLogRecord message) {
            Map<String, String> keys = LogKeys.of(formatter.formatMessage(record));
            keys.forEach(message::putMdc);
            if (traced) {
                LogKeys.run(keys).ifPresent(run -> message.putMdc("traceId", RunTrace.of(run).traceId()));
            }
        }
        return true;
    }
}
