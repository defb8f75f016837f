package org.campaignrecovery.model.testsend;

import org.campaignrecovery.model.content.EmailContent;
import org.campaignrecovery.model.content.SmsContent;

/** Marks content as a test, where whoever receives it sees that first. */
public final class TestMark {
    static final String MARK = "[Test] ";

    private TestMark() {
    }

    /** @param email may be null */
    public static EmailContent on(EmailContent email) {
        return email == null ? null : new EmailContent(MARK + email.subject(), email.html(), email.text(), email.fromName());
    }

    /** @param sms may be null */
    public static SmsContent on(SmsContent sms) {
        return sms == null ? null : new SmsContent(MARK + sms.body());
    }
}
