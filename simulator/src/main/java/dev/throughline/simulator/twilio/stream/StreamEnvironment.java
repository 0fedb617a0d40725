package dev.throughline.simulator.twilio.stream;

import dev.throughline.simulator.twilio.webhook.RequestSigner;
import dev.throughline.simulator.wire.FaultPlan;
import dev.throughline.simulator.wire.FrameClock;
import dev.throughline.simulator.wire.PublicRoute;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.Vertx;
import io.vertx.core.http.WebSocketClient;
import io.vertx.core.http.WebSocketClientOptions;

/** What all streams share. */
public record StreamEnvironment(
        Vertx vertx,
        WebSocketClient client,
        PublicRoute route,
        RequestSigner signer,
        FaultPlan faults,
        Violations violations,
        FrameClock clock) {

    /** Largest message taken from a server. Twilio documents none; a second of audio is under 11 kB. */
    private static final int MAX_MESSAGE_BYTES = 1024 * 1024;

    /** An environment with its own WebSocket client. */
    public static StreamEnvironment of(
            Vertx vertx,
            PublicRoute route,
            RequestSigner signer,
            FaultPlan faults,
            Violations violations,
            FrameClock clock) {
        WebSocketClient client = vertx.createWebSocketClient(new WebSocketClientOptions()
                .setMaxMessageSize(MAX_MESSAGE_BYTES)
                .setMaxFrameSize(MAX_MESSAGE_BYTES)
                .setMaxConnections(2_000)
                .setConnectTimeout(5_000));
        return new StreamEnvironment(vertx, client, route, signer, faults, violations, clock);
    }
}
