package org.campaignrecovery.bench.raw;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;

import org.campaignrecovery.local.record.NdjsonLog;
import org.campaignrecovery.worker.sending.email.smtp.SmtpMessage;

/** The record of the recording mail server, as messages that can be sent again. */
public final class ReceivedMails {
    private ReceivedMails() {
    }

    /** The first {@code most} of them, just as they came. */
    public static List<SmtpMessage> first(int most, Path record) throws IOException {
        List<SmtpMessage> mails = new ArrayList<>();
        NdjsonLog.read(record, line -> {
            if (mails.size() < most) {
                mails.add(new SmtpMessage(line.get("from").asText(), line.get("to").asText(),
                        new String(Base64.getDecoder().decode(line.get("raw").asText()), StandardCharsets.US_ASCII)));
            }
        });
        return mails;
    }
}
