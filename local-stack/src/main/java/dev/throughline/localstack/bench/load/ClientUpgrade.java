package dev.throughline.localstack.bench.load;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** Asks for the upgrade of a new connection and, once it is granted, gives its place to the {@link WebSocketWire}. */
final class ClientUpgrade extends ChannelInboundHandlerAdapter {

    private static final int MOST_ANSWER = 8_192;

    private final URI target;
    private final Map<String, String> headers;
    private final WebSocketWire.Peer peer;
    private final Runnable upgraded;
    private final WebSocketWire wire;
    private @Nullable ByteBuf answer;
    private String refusal = "closed during the upgrade";

    /** @param upgraded called when the wire can take messages */
    ClientUpgrade(
            URI target, Map<String, String> headers, WebSocketWire.Peer peer, WebSocketWire wire, Runnable upgraded) {
        this.target = target;
        this.headers = headers;
        this.peer = peer;
        this.wire = wire;
        this.upgraded = upgraded;
    }

    @Override
    public void channelActive(ChannelHandlerContext ctx) {
        byte[] key = new byte[16];
        ThreadLocalRandom.current().nextBytes(key);
        StringBuilder request = new StringBuilder("GET " + target.getRawPath() + " HTTP/1.1\r\nHost: "
                + target.getAuthority()
                + "\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Version: 13\r\n"
                + "Sec-WebSocket-Key: " + Base64.getEncoder().encodeToString(key) + "\r\n");
        headers.forEach(
                (name, value) -> request.append(name).append(": ").append(value).append("\r\n"));
        request.append("\r\n");
        ctx.writeAndFlush(Unpooled.copiedBuffer(request, StandardCharsets.US_ASCII));
    }

    @Override
    public void channelRead(ChannelHandlerContext ctx, Object message) {
        ByteBuf bytes = (ByteBuf) message;
        ByteBuf all = answer == null ? ctx.alloc().buffer(bytes.readableBytes()) : answer;
        answer = all.writeBytes(bytes);
        bytes.release();
        String text = all.toString(StandardCharsets.ISO_8859_1);
        int end = text.indexOf("\r\n\r\n");
        if (end < 0 && all.readableBytes() < MOST_ANSWER) {
            return;
        }
        if (end < 0 || !text.startsWith("HTTP/1.1 101")) {
            refusal = "upgrade answered " + text.lines().findFirst().orElse("nothing");
            ctx.close();
            return;
        }
        answer = null;
        all.skipBytes(end + 4);
        ctx.pipeline().addLast(wire);
        ctx.pipeline().remove(this);
        upgraded.run();
        ctx.pipeline().fireChannelRead(all);
    }

    @Override
    public void channelInactive(ChannelHandlerContext ctx) {
        if (answer != null) {
            answer.release();
        }
        peer.onClosed(refusal);
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        refusal = cause.toString();
        ctx.close();
    }
}
