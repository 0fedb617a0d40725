package dev.throughline.platform.testing;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;

/**
 * Where tests get their servers: containers where a Docker daemon answers and can run the image, servers inside this machine otherwise.
 * {@code THROUGHLINE_TEST_SERVERS=docker|embedded} (environment or system property) forces either. Says once which it is.
 */
final class TestServers {

    static final String SWITCH = "THROUGHLINE_TEST_SERVERS";

    /** A server that runs until the JVM ends; tests of one module share it. */
    interface Server {

        /** {@code host:port}. */
        String address();
    }

    /** Starts a server one way. */
    interface Starter {

        Server start() throws Exception;
    }

    /** What could not be pulled for one server will not be for the next. */
    private static volatile boolean dockerFailed;

    private TestServers() {}

    static Server start(String what, Starter docker, Starter embedded) {
        Optional<String> forced = forced();
        if (forced.isEmpty() ? dockerMayAnswer() : forced.get().equals("docker")) {
            try {
                return said(what, "docker", docker.start());
            } catch (Exception | LinkageError e) {
                if (forced.isPresent()) {
                    throw new IllegalStateException(
                            SWITCH + "=docker, but " + what + " did not start there: " + e.getMessage(), e);
                }
                dockerFailed = true;
                System.out.println("[test servers] " + what + ": Docker cannot run it, so an embedded server is used");
            }
        }
        try {
            return said(what, "embedded", embedded.start());
        } catch (Exception e) {
            throw new IllegalStateException("the embedded " + what + " did not start", e);
        }
    }

    private static Server said(String what, String how, Server server) {
        System.out.println("[test servers] " + what + ": " + how + ", " + server.address());
        return server;
    }

    private static Optional<String> forced() {
        String value = System.getProperty(SWITCH, System.getenv().getOrDefault(SWITCH, ""));
        return Optional.of(value.toLowerCase(Locale.ROOT)).filter(v -> v.equals("docker") || v.equals("embedded"));
    }

    /** Cheap: asking Testcontainers on a machine without Docker takes seconds and prints a page. */
    private static boolean dockerMayAnswer() {
        return !dockerFailed && (System.getenv("DOCKER_HOST") != null || Files.exists(Path.of("/var/run/docker.sock")));
    }
}
