package dev.throughline.mediabridge.session;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * No compression on streams: a compressor per socket costs memory and CPU, and base64 audio hardly shrinks. The codec takes frames far
 * larger than the largest message, so that one that is too large is read to its end and closed with our code and reason; the codec itself
 * would reset the connection while the rest is still arriving, and the peer would learn nothing.
 */
@Singleton
public class SocketOptions implements HttpServerOptionsCustomizer {

    private static final int FRAME_PER_MESSAGE = 32;

    private final BridgeConfig config;

    protected SocketOptions(BridgeConfig config) {
        this.config = config;
    }

    @Override
    public void customizeHttpServer(HttpServerOptions options) {
        options.setPerMessageWebSocketCompressionSupported(false)
                .setPerFrameWebSocketCompressionSupported(false)
                .setMaxWebSocketFrameSize(config.maxMessageBytes() * FRAME_PER_MESSAGE)
                .setTcpNoDelay(true);
    }

    @Override
    public void customizeHttpsServer(HttpServerOptions options) {
        customizeHttpServer(options);
    }
}
