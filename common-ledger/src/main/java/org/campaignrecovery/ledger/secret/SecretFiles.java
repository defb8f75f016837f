package org.campaignrecovery.ledger.secret;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.regex.Pattern;

import jakarta.annotation.Priority;

import io.quarkus.runtime.configuration.ConfigurationException;
import io.smallrye.config.ConfigSourceInterceptor;
import io.smallrye.config.ConfigSourceInterceptorContext;
import io.smallrye.config.ConfigValue;
import io.smallrye.config.Priorities;

/**
 * Any variable may be given as a file: what {@code SMTP_PASSWORD_FILE} names holds the value of {@code SMTP_PASSWORD}, as container
 * platforms mount secrets. The line break at its end is an editor's, not the secret's. A file that cannot be read, one that says nothing
 * and a value beside it stop the start.
 */
@Priority(SecretFiles.AMONG_THE_VALUES)
public class SecretFiles implements ConfigSourceInterceptor {
    /** Asked after the expressions of our settings ({@code ${SMTP_PASSWORD:}}) have been taken apart, so that it hears of the variable. */
    static final int AMONG_THE_VALUES = Priorities.LIBRARY + 100;
    private static final long serialVersionUID = 1L;
    private static final String SUFFIX = "_FILE";
    private static final Pattern VARIABLE = Pattern.compile("[A-Z][A-Z0-9_]*");
    private static final Pattern LAST_LINE_BREAK = Pattern.compile("\\r?\\n\\z");

    @Override
    public ConfigValue getValue(ConfigSourceInterceptorContext context, String name) {
        ConfigValue value = context.proceed(name);
        if (!VARIABLE.matcher(name).matches() || name.endsWith(SUFFIX)) {
            return value;
        }
        ConfigValue file = context.proceed(name + SUFFIX);
        if (isEmpty(file)) {
            return value;
        }
        if (!isEmpty(value)) {
            throw new ConfigurationException("%1$s and %1$s%2$s are both set: set one of them".formatted(name, SUFFIX));
        }
        return file.from().withName(name).withValue(literally(read(name, file.getValue()))).build();
    }

    private static boolean isEmpty(ConfigValue value) {
        return value == null || value.getValue() == null || value.getValue().isEmpty();
    }

    private static String read(String name, String file) {
        String text;
        try {
            text = Files.readString(Path.of(file));
        } catch (IOException | InvalidPathException e) {
            throw new ConfigurationException("%s%s must name a file of text that can be read, not %s (%s)".formatted(name, SUFFIX, file,
                    e.getClass().getSimpleName()));
        }
        String secret = LAST_LINE_BREAK.matcher(text).replaceFirst("");
        if (secret.isBlank()) {
            throw new ConfigurationException("%s%s must name a file that is not empty: %s says nothing".formatted(name, SUFFIX, file));
        }
        return secret;
    }

    /** What looks like an expression in a secret is a part of the secret. */
    private static String literally(String secret) {
        return secret.replace("$", "\\$");
    }
}
