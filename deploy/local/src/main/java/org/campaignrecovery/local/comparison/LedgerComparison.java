package org.campaignrecovery.local.comparison;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

import com.mongodb.client.MongoDatabase;

/**
 * The ledger against what the mail server and the stand-in for Twilio hold, address by address.
 */
public record LedgerComparison(ChannelComparison email, ChannelComparison sms) {

    /**
     * Reads both sides as they are now.
     *
     * @param campaigns the campaign database
     * @param smtpRecord {@code SMTP_RECORD} of the stack
     * @param smsRecord {@code SMS_RECORD} of the stack
     */
    public static LedgerComparison of(MongoDatabase campaigns, String run, Path smtpRecord, Path smsRecord) throws IOException {
        LedgerDeliveries ledger = LedgerDeliveries.read(campaigns, run);
        return new LedgerComparison(ChannelComparison.of(ledger.of("email"), Receipts.mails(smtpRecord, run)),
                ChannelComparison.of(ledger.of("sms"), Receipts.texts(smsRecord, ledger.ids())));
    }

    /** Empty when both sides agree. */
    public List<String> disagreements() {
        return Stream.of(email, sms).flatMap(channel -> channel.disagreements().stream()).toList();
    }
}
