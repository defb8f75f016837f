package org.campaignrecovery.local.mongo;

import java.util.List;
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
            Object answer = answer(request);
            commits.durable().whenComplete((nothing, failure) -> {
                if (failure == null) {
                    context.writeAndFlush(answer);
                } else {
                    context.close();
                }
            });
        });
    }

    @Override
    public void channelInactive(ChannelHandlerContext context) throws Exception {
        backend.handleClose(context.channel());
        super.channelInactive(context);
    }

    private Object answer(ClientRequest request) {
        MessageHeader header = new MessageHeader(requestIds.incrementAndGet(), request.getHeader().getRequestID());
        if (request instanceof MongoQuery query) {
            return new MongoReply(header, List.of(run(query, unwrap(query.getQuery()))), 0);
        }
        return new MongoMessage(request.getChannel(), header, run(request, ((MongoMessage) request).getDocument()));
    }

    /** The old query message, which drivers use for their first greeting only. */
    private static Document unwrap(Document query) {
        return query.get("$query") instanceof Document command ? command : query;
    }

    private Document run(ClientRequest request, Document command) {
        try {
            String name = command.keySet().iterator().next();
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
