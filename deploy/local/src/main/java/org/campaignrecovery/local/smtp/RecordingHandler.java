package org.campaignrecovery.local.smtp;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

import org.subethamail.smtp.MessageHandler;

/** One SMTP transaction. The server answers the final dot with 250 only after {@link #data} has returned. */
final class RecordingHandler implements MessageHandler {
    private final MailRecorder recorder;
    private final Duration delay;
    private final List<String> recipients = new ArrayList<>(1);
    private String sender = "";

    RecordingHandler(MailRecorder recorder, Duration delay) {
        this.recorder = recorder;
        this.delay = delay;
    }

    @Override
    public void from(String from) {
        sender = from;
    }

    @Override
    public void recipient(String recipient) {
        recipients.add(recipient);
    }

    @Override
    public String data(InputStream content) throws IOException {
        recorder.record(sender, recipients, content.readAllBytes());
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
