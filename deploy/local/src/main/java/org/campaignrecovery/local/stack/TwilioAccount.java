package org.campaignrecovery.local.stack;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import org.campaignrecovery.local.directory.EnvFile;

/** The account of the stand-in: given by the environment, or made up once and kept. */
record TwilioAccount(String sid, String authToken) {
    private static final String SID = "TWILIO_ACCOUNT_SID";
    private static final String TOKEN = "TWILIO_AUTH_TOKEN";

    static TwilioAccount of(StackSettings settings) {
        if (settings.given(SID).isPresent() && settings.given(TOKEN).isPresent()) {
            return new TwilioAccount(settings.given(SID).orElseThrow(), settings.given(TOKEN).orElseThrow());
        }
        Path file = settings.directory().data("twilio.env");
        try {
            Map<String, String> kept = new HashMap<>(EnvFile.read(file));
            if (!kept.keySet().containsAll(List.of(SID, TOKEN))) {
                kept.put(SID, "AC" + hex());
                kept.put(TOKEN, hex());
                EnvFile.write(file, kept);
            }
            return new TwilioAccount(kept.get(SID), kept.get(TOKEN));
        } catch (IOException e) {
            throw new UncheckedIOException("The stand-in's account cannot be kept in " + file, e);
        }
    }

    private static String hex() {
        return UUID.randomUUID().toString().replace("-", "");
    }
}
