package org.campaignrecovery.worker.sending.email.smtp;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

import org.campaignrecovery.worker.sending.email.smtp.SmtpSettings.Security;

import io.smallrye.mutiny.Uni;
import io.vertx.core.AsyncResult;
import io.vertx.core.Context;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.impl.VertxInternal;
import io.vertx.core.net.NetClient;
import io.vertx.core.net.NetClientOptions;
import io.vertx.core.net.NetSocket;

/**
 * Hands messages to an SMTP server over connections that it keeps for the next one. It has no queue: each call has a connection of its
 * own, and the caller bounds the calls. Every call ends within the time-out, with the server's answer or an {@link SmtpFailedException}
 * that says how far it had come; a connection without an answer is closed, never used again.
 */
public final class SmtpClient {
    private static final int DEFAULT_CONNECT_MILLIS = 5_000;
    /** MAIL, RCPT, DATA. */
    private static final int COMMANDS = 3;
    /** What takes longer is a slow server, not a long way. */
    private static final Duration LONGEST_ROUND_TRIP = Duration.ofMillis(250);

    private final Vertx vertx;
    private final SmtpSettings settings;
    private final NetClient net;
    /** Every connection lives on one event loop: nothing that a server says early can meet a connection that does not listen yet. */
    private final Context eventLoop;
    private final Deque<SmtpConnection> idle = new ArrayDeque<>();

    public SmtpClient(Vertx vertx, SmtpSettings settings) {
        this.vertx = vertx;
        this.eventLoop = ((VertxInternal) vertx).createEventLoopContext();
        this.settings = settings;
        NetClientOptions options = new NetClientOptions().setTcpNoDelay(true)
                .setConnectTimeout((int) Math.min(DEFAULT_CONNECT_MILLIS, settings.timeout().toMillis()))
                .setSsl(settings.security() == Security.TLS);
        if (settings.security() != Security.OFF) {
            options.setHostnameVerificationAlgorithm("HTTPS");
        }
        this.net = vertx.createNetClient(options);
    }

    /**
     * The server's reply to the final dot.
     *
     * @param again asked before a second try over a new connection, as the first one may have taken long
     * @return null when {@code again} said no: nothing was handed over then
     */
    public Uni<SmtpReply> send(SmtpMessage message, Supplier<Uni<Boolean>> again) {
        return Uni.createFrom().completionStage(() -> attempt(message, again).toCompletionStage()).onFailure(SmtpClient::unforeseen)
                .transform(failure -> new SmtpFailedException(SmtpPhase.CONNECT, "no message could be begun: " + failure));
    }

    /** Opens a connection as for a message, with TLS and log-in, and says good-bye instead: no mail. Fails as {@link #send} does. */
    public Uni<Void> probe() {
        return Uni.createFrom().completionStage(() -> open().compose(this::quit).toCompletionStage());
    }

    /** The server has shown that it would take a message; how it says good-bye does not matter. */
    private Future<Void> quit(SmtpConnection connection) {
        Promise<Void> over = Promise.promise();
        connection.context().runOnContext(now -> bounded(connection, connection.say("QUIT")).onComplete(bye -> {
            connection.close("the probe is over");
            over.complete();
        }));
        return over.future();
    }

    /** A kept connection may have been closed by the server meanwhile; if that shows before the final dot, a new one is opened. */
    private Future<SmtpReply> attempt(SmtpMessage message, Supplier<Uni<Boolean>> again) {
        SmtpConnection kept = takeIdle();
        return kept == null
                ? anew(message)
                : dialogue(kept, message).recover(failure -> stale(failure) ? secondTry(message, again) : Future.failedFuture(failure));
    }

    private Future<SmtpReply> secondTry(SmtpMessage message, Supplier<Uni<Boolean>> again) {
        return Future.fromCompletionStage(again.get().subscribeAsCompletionStage()).otherwise(false)
                .compose(pass -> pass ? anew(message) : Future.succeededFuture());
    }

    private Future<SmtpReply> anew(SmtpMessage message) {
        return open().compose(opened -> dialogue(opened, message));
    }

    private static boolean stale(Throwable failure) {
        return failure instanceof SmtpFailedException failed && failed.phase() != SmtpPhase.FINAL
                && (failed.reply() == null || failed.reply().closing());
    }

    private Future<SmtpConnection> open() {
        return on(eventLoop, () -> net.connect(settings.port(), settings.host()).transform(this::greet));
    }

    private Future<SmtpConnection> greet(AsyncResult<NetSocket> connected) {
        if (connected.failed()) {
            return Future.failedFuture(
                    new SmtpFailedException(SmtpPhase.CONNECT, "the SMTP server cannot be reached: " + connected.cause().getMessage()));
        }
        SmtpConnection connection = new SmtpConnection(connected.result(), eventLoop);
        return bounded(connection, new SmtpOpening(connection, settings).open());
    }

    private Future<SmtpReply> dialogue(SmtpConnection connection, SmtpMessage message) {
        return on(connection.context(), () -> bounded(connection, speak(connection, message)))
                .recover(failure -> Future.failedFuture(unforeseen(failure)
                        ? new SmtpFailedException(connection.phase(), "the dialogue failed: " + failure)
                        : failure))
                .onSuccess(accepted -> keep(connection));
    }

    private static boolean unforeseen(Throwable failure) {
        return !(failure instanceof SmtpFailedException);
    }

    /** What is thrown there is a failure like any other, or nobody would ever hear of it. */
    private static <T> Future<T> on(Context context, Supplier<Future<T>> work) {
        Promise<T> done = Promise.promise();
        context.runOnContext(now -> Future.<T>future(ended -> work.get().onComplete(ended)).onComplete(done));
        return done.future();
    }

    private Future<SmtpReply> speak(SmtpConnection connection, SmtpMessage message) {
        connection.enter(SmtpPhase.ENVELOPE);
        String mail = "MAIL FROM:<" + message.from() + ">";
        String rcpt = "RCPT TO:<" + message.to() + ">";
        long asked = System.nanoTime();
        Future<Void> envelope = connection.pipelining()
                ? connection.sayAll(List.of(mail, rcpt, "DATA"))
                : connection.say(mail).compose(ok -> connection.say(rcpt)).compose(ok -> connection.say("DATA")).mapEmpty();
        return envelope.compose(goAhead -> {
            connection.enter(SmtpPhase.BODY);
            Duration roundTrip = Duration.ofNanos((System.nanoTime() - asked) / (connection.pipelining() ? 1 : COMMANDS));
            return connection.write(MessageText.onTheWire(message.content())).compose(body -> connection.staysOpen(beforeDot(roundTrip)));
        }).compose(open -> {
            connection.enter(SmtpPhase.FINAL);
            return connection.say(".");
        });
    }

    /**
     * A server that gives up in mid-message closes the connection, and that takes one way back to be seen. Whoever has sent the dot by then
     * cannot know whether it counted; so the dot waits for as long as the server's last answer took, and a little more.
     */
    private Duration beforeDot(Duration roundTrip) {
        return settings.beforeDot().plus(roundTrip.compareTo(LONGEST_ROUND_TRIP) > 0 ? LONGEST_ROUND_TRIP : roundTrip);
    }

    /** Closes the connection when the dialogue takes too long or fails: what it would say next belongs to nothing. */
    private <T> Future<T> bounded(SmtpConnection connection, Future<T> dialogue) {
        long timer = vertx.setTimer(settings.timeout().toMillis(), late -> connection
                .close("the SMTP server has not answered for %d s".formatted(settings.timeout().toSeconds())));
        return dialogue.onComplete(done -> vertx.cancelTimer(timer)).onFailure(failure -> connection.close("the dialogue failed"));
    }

    private void keep(SmtpConnection connection) {
        connection.used();
        connection.enter(SmtpPhase.ENVELOPE);
        synchronized (idle) {
            idle.push(connection);
        }
    }

    /** The connection used last, which is the likeliest to live; those unused for too long are closed. */
    private SmtpConnection takeIdle() {
        synchronized (idle) {
            while (!idle.isEmpty() && tooOld(idle.peekLast())) {
                idle.pollLast().close("unused for too long");
            }
            SmtpConnection connection = idle.poll();
            while (connection != null && !connection.alive()) {
                connection = idle.poll();
            }
            return connection;
        }
    }

    private boolean tooOld(SmtpConnection connection) {
        return System.nanoTime() - connection.lastUsedNanos() > settings.idle().toNanos();
    }

    /** Closes the kept connections. */
    public void close() {
        synchronized (idle) {
            idle.forEach(connection -> connection.close("the process stops"));
            idle.clear();
        }
    }
}
