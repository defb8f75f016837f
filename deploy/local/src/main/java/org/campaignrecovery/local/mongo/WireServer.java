package org.campaignrecovery.local.mongo;

import java.net.InetSocketAddress;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadFactory;
import java.util.concurrent.TimeUnit;

import de.bwaldvogel.mongo.MongoBackend;
import de.bwaldvogel.mongo.wire.MongoExceptionHandler;
import de.bwaldvogel.mongo.wire.MongoWireMessageEncoder;
import de.bwaldvogel.mongo.wire.MongoWireProtocolHandler;
import de.bwaldvogel.mongo.wire.MongoWireReplyEncoder;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.group.ChannelGroup;
import io.netty.channel.group.DefaultChannelGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;

/**
 * MongoDB's wire protocol on a socket. The library's own server carries requests out on its I/O threads, where a long
 * query stops every connection of that thread; here each running request has a thread of its own.
 */
final class WireServer implements AutoCloseable {

    private static final int IO_THREADS = 2;

    private final EventLoopGroup io = new NioEventLoopGroup(IO_THREADS, daemons("mongo-io"));
    private final ExecutorService commands = Executors.newCachedThreadPool(daemons("mongo-command"));
    private final ChannelGroup connections = new DefaultChannelGroup(io.next());
    private final Channel listener;

    private WireServer(InetSocketAddress bind, MongoBackend backend, GroupCommit commits) {
        CommandHandler handler = new CommandHandler(backend, commits, commands);
        ServerBootstrap bootstrap = new ServerBootstrap()
                .group(io)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_REUSEADDR, true)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<SocketChannel>() {
                    @Override
                    public void initChannel(SocketChannel channel) {
                        connections.add(channel);
                        channel.pipeline().addLast(new MongoWireReplyEncoder(), new MongoWireMessageEncoder(),
                                new MongoWireProtocolHandler(), handler, new MongoExceptionHandler());
                    }
                });
        ChannelFuture bound = bootstrap.bind(bind).awaitUninterruptibly();
        listener = bound.channel();
        if (!bound.isSuccess()) {
            stopThreads();
            throw new IllegalStateException("Cannot listen on " + bind, bound.cause());
        }
    }

    static WireServer start(InetSocketAddress bind, MongoBackend backend, GroupCommit commits) {
        return new WireServer(bind, backend, commits);
    }

    InetSocketAddress address() {
        return (InetSocketAddress) listener.localAddress();
    }

    /** Stops listening, closes the connections and waits for the requests that are being carried out. */
    @Override
    public void close() {
        listener.close().syncUninterruptibly();
        connections.close().syncUninterruptibly();
        stopThreads();
    }

    private void stopThreads() {
        // Not an interrupt: that would close the data file under a request.
        commands.shutdown();
        try {
            commands.awaitTermination(10, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        io.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
    }

    private static ThreadFactory daemons(String name) {
        return new DefaultThreadFactory(name, true);
    }
}
