package dev.throughline.simulator;

import dev.throughline.simulator.elevenlabs.ElevenLabsServer;
import dev.throughline.simulator.twilio.TwilioServer;
import dev.throughline.simulator.wire.FrameClock;
import io.vertx.core.Future;
import io.vertx.core.Vertx;

/** Starts the stand-ins named by the environment and prints {@code simulator ready} when every one of them listens. */
public final class Main {

    private Main() {}

    /**
     * Takes no arguments; the environment is described at {@link SimulatorConfig}. Exits with 2 when it is incomplete and with 1
     * when a stand-in cannot start, with one sentence on the error output.
     */
    public static void main(String[] arguments) {
        SimulatorConfig config;
        try {
            config = SimulatorConfig.from(System.getenv());
        } catch (IllegalArgumentException e) {
            System.err.println("simulator: " + e.getMessage());
            System.exit(2);
            return;
        }
        Vertx vertx = Vertx.vertx();
        start(vertx, config)
                .onSuccess(ready -> System.out.println("simulator ready"))
                .onFailure(failure -> {
                    System.err.println("simulator: cannot start: " + failure.getMessage());
                    System.exit(1);
                });
    }

    private static Future<Void> start(Vertx vertx, SimulatorConfig config) {
        FrameClock clock = new FrameClock();
        if (config.elevenLabsPort().isEmpty()) {
            return twilio(vertx, config, clock).mapEmpty();
        }
        return ElevenLabsServer.start(vertx, config, clock)
                .compose(elevenLabs -> config.twilioPort().isEmpty()
                        ? Future.succeededFuture()
                        : twilio(vertx, config.reachingElevenLabsAt(elevenLabs.port()), clock)
                                .onSuccess(twilio -> elevenLabs.callThrough("http://127.0.0.1:" + twilio.port())))
                .mapEmpty();
    }

    private static Future<TwilioServer> twilio(Vertx vertx, SimulatorConfig config, FrameClock clock) {
        return TwilioServer.start(vertx, config, clock).onSuccess(Main::closeAtExit);
    }

    /** A killed process must not lose a number it has just answered for. */
    private static void closeAtExit(TwilioServer server) {
        Runtime.getRuntime().addShutdownHook(new Thread(server::storeState, "store-state"));
    }
}
