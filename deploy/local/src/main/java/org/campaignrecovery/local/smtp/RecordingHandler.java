package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.subethamail.smtp.MessageHandler;
import org.subethamail.smtp.RejectException;

/** One SMTP transaction. The server answers the final dot with 250 only after {@link #data} has returned. */
final class RecordingHandler implements MessageHandler {
    private final MailRecorder recorder;
    private final Duration delay;
    private final FaultySession faults;
    private final List<String> recipients = new ArrayList<>(1);
    private String sender = "";

    RecordingHandler(MailRecorder recorder, Duration delay, FaultySession faults) {
        this.recorder = recorder;
        this.delay = delay;
        this.faults = faults;
    }

    @Override
    public void from(String from) throws RejectException {
        faults.afterMail();
        sender = from;
    }

    @Override
    public void recipient(String recipient) throws RejectException {
        faults.afterRecipient(recipient);
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream content) throws IOException, RejectException {
        String first = recipients.get(0);
        faults.beforeContent(first, content);
        byte[] message = content.readAllBytes();
        faults.afterDot(first, () -> recorder.record(sender, recipients, message));
        answerLate();
        return "Ok";
    }

    @Override
    public void done() {
        // nothing is kept between transactions
    }

    private void answerLate() throws IOException {
        if (delay.isZero()) {
            return;
        }
        try {
            TimeUnit.NANOSECONDS.sleep(delay.toNanos());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("Stopped while answering late", e);
        }
    }
}
