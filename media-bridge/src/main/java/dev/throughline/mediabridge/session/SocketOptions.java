package dev.throughline.mediabridge.session;

import io.quarkus.vertx.http.HttpServerOptionsCustomizer;
import io.vertx.core.http.HttpServerOptions;
import jakarta.inject.Singleton;

/**
 * No compression on streams: a compressor per socket costs memory and CPU, and base64 audio hardly shrinks. Frames may be larger than the
 * largest message, so that one that is too large is closed with our reason; four times larger, and the codec closes it with its own.
 */
@Singleton
public class SocketOptions implements HttpServerOptionsCustomizer {

    private static final int FRAME_PER_MESSAGE = 4;

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
