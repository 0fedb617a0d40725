package dev.throughline.simulator.twilio.stream;

import io.vertx.core.http.UpgradeRejectedException;
import io.vertx.core.http.WebSocket;
import io.vertx.core.http.WebSocketConnectOptions;
import java.util.Map;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** The way to an open socket: a signed upgrade, or Twilio's error for why there is none. */
final class StreamOpening {

    private static final long HANDSHAKE_MILLIS = 10_000;

    private StreamOpening() {}

    /** Dials {@code url} and tells exactly one of the two. */
    static void dial(
            StreamEnvironment environment,
            String url,
            Consumer<WebSocket> opened,
            Consumer<StreamEnd.NotOpened> refused) {
        boolean forge = environment.faults().take("wrong-signature", "socket").isPresent();
        WebSocketConnectOptions options;
        try {
            String signature = forge
                    ? environment.signer().forge(url, Map.of())
                    : environment.signer().sign(url, Map.of());
            options = environment.route().webSocket(url);
            options.addHeader("x-twilio-signature", signature);
            options.addHeader("User-Agent", "Twilio.TmeWs/1.0");
        } catch (IllegalArgumentException e) {
            refused.accept(new StreamEnd.NotOpened(31923, "WebSocket - Invalid URL", false));
            return;
        }
        options.setTimeout(HANDSHAKE_MILLIS);
        environment
                .client()
                .connect(options)
                .onSuccess(opened::accept)
                .onFailure(failure -> refused.accept(notOpened(failure, forge)));
    }

    private static StreamEnd.NotOpened notOpened(Throwable failure, boolean injected) {
        if (failure instanceof UpgradeRejectedException) {
            return new StreamEnd.NotOpened(31920, "WebSocket - Handshake Error", injected);
        }
        String name = failure.getClass().getSimpleName();
        return failure instanceof TimeoutException || name.contains("Timeout")
                ? new StreamEnd.NotOpened(31901, "WebSocket - Connection Timeout", injected)
                : new StreamEnd.NotOpened(31902, "WebSocket - Connection Refused", injected);
    }
}
