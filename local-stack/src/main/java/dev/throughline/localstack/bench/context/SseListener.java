package dev.throughline.localstack.bench.context;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.UUID;
import java.util.concurrent.CountDownLatch;
import java.util.function.Consumer;

/** A browser that listens to one lead, on a plain socket and a virtual thread. */
final class SseListener implements AutoCloseable {

    private final Socket socket;
    private final CountDownLatch open = new CountDownLatch(1);

    /** @param onData told of every {@code data:} line */
    SseListener(int port, UUID leadId, String token, Consumer<String> onData) throws IOException {
        socket = new Socket("127.0.0.1", port);
        socket.getOutputStream()
                .write(("GET /api/stream/conversation/" + leadId
                                + " HTTP/1.1\r\nHost: localhost\r\nAccept: text/event-stream\r\n"
                                + "Authorization: Bearer " + token + "\r\n\r\n")
                        .getBytes(StandardCharsets.US_ASCII));
        Thread.ofVirtual().start(() -> read(onData));
    }

    private void read(Consumer<String> onData) {
        try (BufferedReader lines =
                new BufferedReader(new InputStreamReader(socket.getInputStream(), StandardCharsets.UTF_8), 2_048)) {
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.startsWith("data:")) {
                    onData.accept(line);
                } else if (line.startsWith(":")) {
                    open.countDown();
                }
            }
        } catch (IOException closed) {
            // As meant.
        }
    }

    /** Returns when the stream's first line has come. */
    void awaitOpen() throws InterruptedException {
        open.await();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
