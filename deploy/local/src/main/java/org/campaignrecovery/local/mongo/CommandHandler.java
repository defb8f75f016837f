package org.campaignrecovery.local.mongo;

import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.bson.Document;
import de.bwaldvogel.mongo.exception.MongoServerError;
import de.bwaldvogel.mongo.exception.MongoServerException;
import de.bwaldvogel.mongo.wire.message.ClientRequest;
import de.bwaldvogel.mongo.wire.message.MessageHeader;
import de.bwaldvogel.mongo.wire.message.MongoMessage;
import de.bwaldvogel.mongo.wire.message.MongoQuery;
import de.bwaldvogel.mongo.wire.message.MongoReply;
import io.netty.channel.ChannelHandler.Sharable;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;

/**
 * Carries out requests off the I/O threads and answers each once everything it did or saw is durable. Waiting for that
 * occupies no thread. When it cannot become durable the connection is closed instead: the client must not take silence
 * for success. Clients have one request in flight a connection, as MongoDB's drivers do.
 */
@Sharable
final class CommandHandler extends SimpleChannelInboundHandler<ClientRequest> {

    private static final Logger LOG = LoggerFactory.getLogger(CommandHandler.class);
    /** These tell the time and that the server lives; waiting would make them less true. */
    private static final Set<String> SEES_NO_DATA = Set.of("ismaster", "hello", "ping", "buildinfo");

    private final MongoBackend backend;
    private final GroupCommit commits;
    private final Executor executor;
    private final AtomicInteger requestIds = new AtomicInteger();

    CommandHandler(MongoBackend backend, GroupCommit commits, Executor executor) {
        this.backend = backend;
        this.commits = commits;
        this.executor = executor;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext context, ClientRequest request) {
        executor.execute(() -> {
            try {
                carryOut(context, request);
            } catch (Throwable e) {
                // Whatever it was, the client must not wait for an answer that does not come.
                LOG.error("Closing the connection of a request that failed", e);
                context.close();
            }
        });
    }

    private void carryOut(ChannelHandlerContext context, ClientRequest request) {
        Document command = command(request);
        String name = command.keySet().iterator().next();
        Object answer = answer(request, run(request, name, command));
        if (SEES_NO_DATA.contains(name.toLowerCase(Locale.ROOT))) {
            context.writeAndFlush(answer);
            return;
        }
        commits.durable().whenComplete((nothing, failure) -> {
            if (failure == null) {
                context.writeAndFlush(answer);
            } else {
                context.close();
            }
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        backend.handleClose(context.channel());
        super.channelInactive(context);
    }

    private static Document command(ClientRequest request) {
        if (request instanceof MongoMessage message) {
            return message.getDocument();
        }
        // The old query message, which drivers use for their first greeting only.
        Document query = ((MongoQuery) request).getQuery();
        return query.get("$query") instanceof Document command ? command : query;
    }

    private Object answer(ClientRequest request, Document answer) {
        MessageHeader header = new MessageHeader(requestIds.incrementAndGet(), request.getHeader().getRequestID());
        return request instanceof MongoQuery
                ? new MongoReply(header, List.of(answer), 0)
                : new MongoMessage(request.getChannel(), header, answer);
    }

    private Document run(ClientRequest request, String name, Document command) {
        try {
            return backend.handleCommand(request.getChannel(), request.getDatabaseName(), name, command);
        } catch (MongoServerException e) {
            LOG.debug("Refused {}", command, e);
            return error(e);
        } catch (RuntimeException e) {
            LOG.error("Failed to carry out {}", command, e);
            return error(new MongoServerException("Unknown error: " + e, e));
        }
    }

    private static Document error(MongoServerException cause) {
        Document error = new Document("ok", 0).append("errmsg", cause.getMessageWithoutErrorCode());
        if (cause instanceof MongoServerError known) {
            error.append("code", known.getCode());
            error.putIfNotNull("codeName", known.getCodeName());
        }
        return error;
    }
}
