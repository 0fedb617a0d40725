package dev.throughline.localstack.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.bench.load.Traffic.Dialect;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.http.DefaultFullHttpResponse;
import io.netty.handler.codec.http.FullHttpRequest;
import io.netty.handler.codec.http.HttpHeaderNames;
import io.netty.handler.codec.http.HttpResponseStatus;
import io.netty.handler.codec.http.HttpUtil;
import io.netty.handler.codec.http.HttpVersion;
import io.netty.handler.codec.http.QueryStringDecoder;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshaker;
import io.netty.handler.codec.http.websocketx.WebSocketServerHandshakerFactory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;

/**
 * The one port of the load: ElevenLabs' signed URL and conversation, the far end of a plain proxy ({@code /plain/<number>}),
 * telephony-gateway's internal requests, and {@code /_bench/…}, by which the benchmark tells what to do and asks what was seen.
 */
@ChannelHandler.Sharable
final class LoadServer extends SimpleChannelInboundHandler<FullHttpRequest> {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String CONVERSATION = "/v1/convai/conversation";
    private static final String PLAIN = "/plain/";
    private static final String CONTROL = "/_bench/";

    private final Calls calls;

    LoadServer(Calls calls) {
        this.calls = calls;
    }

    @Override
    protected void channelRead0(ChannelHandlerContext ctx, FullHttpRequest request) throws IOException {
        QueryStringDecoder address = new QueryStringDecoder(request.uri());
        String path = address.path();
        if (path.equals(CONVERSATION)) {
            upgrade(ctx, request, numberIn(parameter(address, "agent_id")));
        } else if (path.startsWith(PLAIN)) {
            upgrade(ctx, request, Integer.parseInt(path.substring(PLAIN.length())));
        } else if (path.equals(CONVERSATION + "/get-signed-url") || path.equals(CONVERSATION + "/get_signed_url")) {
            String url = "ws://" + request.headers().get(HttpHeaderNames.HOST) + CONVERSATION + "?agent_id="
                    + parameter(address, "agent_id") + "&conversation_signature=bench";
            answer(ctx, request, HttpResponseStatus.OK, Map.of("signed_url", url));
        } else if (path.startsWith(CONTROL)) {
            answer(ctx, request, HttpResponseStatus.OK, control(path.substring(CONTROL.length()), request));
        } else if (path.endsWith("/stream-outcome")) {
            answer(ctx, request, HttpResponseStatus.NO_CONTENT, Map.of());
        } else {
            answer(ctx, request, HttpResponseStatus.NOT_FOUND, Map.of());
        }
    }

    @Override
    public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
        ctx.close();
    }

    private Map<String, Object> control(String what, FullHttpRequest request) throws IOException {
        JsonNode body = JSON.readTree(request.content().toString(StandardCharsets.UTF_8));
        switch (what) {
            case "calls" ->
                calls.open(
                        URI.create(body.path("target").asText()),
                        Dialect.valueOf(body.path("dialect").asText()),
                        body.path("calls").asInt(),
                        body.path("overMillis").asLong());
            case "speak" -> calls.speak(body.path("on").asBoolean());
            case "reset" -> calls.reset();
            case "hang-up" -> calls.hangUp();
            default -> {}
        }
        return calls.snapshot();
    }

    private void upgrade(ChannelHandlerContext ctx, FullHttpRequest request, int number) {
        WebSocketServerHandshaker handshaker = new WebSocketServerHandshakerFactory(
                        "ws://" + request.headers().get(HttpHeaderNames.HOST) + request.uri(), null, false)
                .newHandshaker(request);
        if (handshaker == null) {
            WebSocketServerHandshakerFactory.sendUnsupportedVersionResponse(ctx.channel());
            return;
        }
        Agent agent = calls.answer(number);
        handshaker.handshake(ctx.channel(), request).addListener(done -> {
            if (done.isSuccess()) {
                ctx.pipeline().addLast(agent.wire());
                ctx.pipeline().remove(this);
                // The codec of the library, which makes an object of every frame; bytes it holds are passed on.
                for (String codec : List.of("wsencoder", "wsdecoder")) {
                    ctx.pipeline().remove(codec);
                }
            }
        });
    }

    private static int numberIn(String agentId) {
        return Integer.parseInt(agentId.substring(agentId.lastIndexOf('_') + 1));
    }

    private static String parameter(QueryStringDecoder address, String name) {
        return address.parameters().getOrDefault(name, List.of("")).getFirst();
    }

    private static void answer(
            ChannelHandlerContext ctx, FullHttpRequest request, HttpResponseStatus status, Map<String, ?> body)
            throws IOException {
        boolean empty = status.equals(HttpResponseStatus.NO_CONTENT);
        byte[] json = empty ? new byte[0] : JSON.writeValueAsBytes(body);
        DefaultFullHttpResponse response =
                new DefaultFullHttpResponse(HttpVersion.HTTP_1_1, status, Unpooled.wrappedBuffer(json));
        if (!empty) {
            HttpUtil.setContentLength(response, json.length);
            response.headers().set(HttpHeaderNames.CONTENT_TYPE, "application/json");
        }
        boolean keepAlive = HttpUtil.isKeepAlive(request);
        HttpUtil.setKeepAlive(response, keepAlive);
        var written = ctx.writeAndFlush(response);
        if (!keepAlive) {
            written.addListener(ChannelFutureListener.CLOSE);
        }
    }
}
