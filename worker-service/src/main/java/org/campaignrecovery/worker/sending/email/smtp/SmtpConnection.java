package org.campaignrecovery.worker.sending.email.smtp;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;

import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.net.NetSocket;
import io.vertx.core.parsetools.RecordParser;

/**
 * One connection: commands go out, replies come back in their order. It knows in which phase a dialogue is, so that its loss has a
 * meaning. Everything runs on the context of its socket; nothing here waits for ever, as whoever speaks closes it after the time-out.
 */
final class SmtpConnection {
    private final NetSocket socket;
    private final Context context;
    private final ReplyReader reader = new ReplyReader();
    private final Deque<Promise<SmtpReply>> awaited = new ArrayDeque<>();
    private SmtpPhase phase = SmtpPhase.GREETING;
    private String lost;
    private boolean pipelining;
    private long lastUsedNanos = System.nanoTime();

    /** On the context of the socket. */
    SmtpConnection(NetSocket socket, Context context) {
        this.socket = socket;
        this.context = context;
        RecordParser lines = RecordParser.newDelimited("\r\n", line -> hear(line.toString(StandardCharsets.UTF_8)));
        lines.maxRecordSize(8_192);
        lines.exceptionHandler(failure -> lose("the SMTP server's reply is too long"));
        socket.handler(lines);
        socket.exceptionHandler(failure -> lose("the connection to the SMTP server broke: " + failure.getMessage()));
        socket.closeHandler(closed -> lose("the SMTP server closed the connection"));
    }

    NetSocket socket() {
        return socket;
    }

    Context context() {
        return context;
    }

    void pipelining(boolean offered) {
        pipelining = offered;
    }

    boolean pipelining() {
        return pipelining;
    }

    boolean alive() {
        return lost == null;
    }

    long lastUsedNanos() {
        return lastUsedNanos;
    }

    void used() {
        lastUsedNanos = System.nanoTime();
    }

    SmtpPhase phase() {
        return phase;
    }

    void enter(SmtpPhase next) {
        phase = next;
    }

    /** The next reply, to nothing that we said (the greeting) or to what was written without waiting. */
    Future<SmtpReply> reply() {
        Promise<SmtpReply> promise = Promise.promise();
        if (lost != null) {
            promise.fail(new SmtpFailedException(phase, lost));
        } else {
            awaited.add(promise);
        }
        return promise.future();
    }

    /** Says one command and hears the reply; a refusal is a failure. */
    Future<SmtpReply> say(String command) {
        Future<SmtpReply> reply = reply();
        write(command + "\r\n");
        return reply.compose(this::expectPositive);
    }

    /**
     * Says several commands at once (RFC 2920) and hears all their replies. The first that is not well is the failure: a server that
     * refuses a command and closes the connection has refused, whatever came of the others.
     */
    Future<Void> sayAll(List<String> commands) {
        List<Future<SmtpReply>> replies = new ArrayList<>();
        commands.forEach(command -> replies.add(reply().compose(this::expectPositive)));
        write(String.join("\r\n", commands) + "\r\n");
        return Future.join(replies).transform(all -> replies.stream().filter(Future::failed).findFirst()
                .map(reply -> Future.<Void>failedFuture(reply.cause())).orElseGet(Future::succeededFuture));
    }

    /** Completes when the bytes have left for the network. */
    Future<Void> write(String text) {
        Promise<Void> written = Promise.promise();
        socket.write(text, "ISO-8859-1", result -> {
            if (result.succeeded()) {
                written.complete();
            } else {
                lose("the connection to the SMTP server broke: " + result.cause().getMessage());
                written.fail(new SmtpFailedException(phase, lost));
            }
        });
        return written.future();
    }

    /** Completes after that time, or fails then because the connection was lost before. */
    Future<Void> staysOpen(Duration time) {
        Promise<Void> open = Promise.promise();
        context.owner().setTimer(Math.max(1, time.toMillis()), over -> {
            if (lost == null) {
                open.complete();
            } else {
                open.fail(new SmtpFailedException(phase, lost));
            }
        });
        return open.future();
    }

    Future<SmtpReply> expectPositive(SmtpReply reply) {
        return reply.positive() ? Future.succeededFuture(reply) : Future.failedFuture(new SmtpFailedException(phase, reply));
    }

    /** Gives it up; whoever waits for a reply learns why. Safe from any thread. */
    void close(String why) {
        context.runOnContext(now -> {
            lose(why);
            socket.close();
        });
    }

    private void hear(String line) {
        Optional<SmtpReply> reply;
        try {
            reply = reader.line(line);
        } catch (IllegalArgumentException e) {
            lose(e.getMessage());
            socket.close();
            return;
        }
        reply.ifPresent(complete -> {
            Promise<SmtpReply> waiting = awaited.poll();
            if (waiting == null) {
                lose("the SMTP server spoke out of turn: " + complete);
                socket.close();
            } else {
                waiting.complete(complete);
            }
        });
    }

    private void lose(String why) {
        if (lost != null) {
            return;
        }
        lost = why;
        SmtpFailedException failure = new SmtpFailedException(phase, why);
        List<Promise<SmtpReply>> waiting = List.copyOf(awaited);
        awaited.clear();
        waiting.forEach(promise -> promise.tryFail(failure));
    }
}
