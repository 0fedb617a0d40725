package dev.throughline.localstack.bench.load;

import io.netty.bootstrap.Bootstrap;
import io.netty.bootstrap.ServerBootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.nio.NioEventLoopGroup;
import io.netty.channel.socket.nio.NioServerSocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.codec.http.HttpObjectAggregator;
import io.netty.handler.codec.http.HttpServerCodec;

/** The main class of the load process. Takes its port; its secrets are those of the environment. */
public final class LoadMain {

    private static final int BACKLOG = 1_024;
    private static final int LARGEST_REQUEST = 65_536;

    private LoadMain() {}

    public static void main(String[] arguments) throws InterruptedException {
        EventLoopGroup group = new NioEventLoopGroup(1);
        Bootstrap dialling = new Bootstrap().group(group).channel(NioSocketChannel.class);
        Calls calls = new Calls(group.next(), dialling, new Invitation(System.getenv()));
        LoadServer server = new LoadServer(calls);
        new ServerBootstrap()
                .group(group)
                .channel(NioServerSocketChannel.class)
                .option(ChannelOption.SO_BACKLOG, BACKLOG)
                .childOption(ChannelOption.TCP_NODELAY, true)
                .childHandler(new ChannelInitializer<Channel>() {
                    @Override
                    protected void initChannel(Channel channel) {
                        channel.pipeline()
                                .addLast(new HttpServerCodec(), new HttpObjectAggregator(LARGEST_REQUEST), server);
                    }
                })
                .bind("127.0.0.1", Integer.parseInt(arguments[0]))
                .sync()
                .channel()
                .closeFuture()
                .sync();
    }
}
