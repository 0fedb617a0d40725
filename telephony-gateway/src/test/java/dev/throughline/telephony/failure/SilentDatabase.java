package dev.throughline.telephony.failure;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.util.Map;

/** A database that takes connections and never says a word, from the service's point of view; Flyway still has the real one. */
public class SilentDatabase implements QuarkusTestResourceLifecycleManager {

    /** After the real servers, so that this address is the one that counts. */
    private static final int LAST = 100;

    private ServerSocket silent;

    @Override
    public int order() {
        return LAST;
    }

    @Override
    public Map<String, String> start() {
        try {
            // Nobody accepts: the system completes handshakes up to the backlog, and nothing ever answers.
            silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
            return Map.of(
                    "quarkus.datasource.reactive.url",
                    "postgresql://127.0.0.1:" + silent.getLocalPort() + "/postgres",
                    "throughline.telephony.call.database-wait",
                    "1s");
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
    }

    @Override
    public void stop() {
        try {
            silent.close();
        } catch (IOException ignored) {
            // The test is over.
        }
    }
}
