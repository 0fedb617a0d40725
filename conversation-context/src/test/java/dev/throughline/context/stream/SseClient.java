package dev.throughline.context.stream;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jspecify.annotations.Nullable;

/** A browser's EventSource, as far as the tests need it: collects what arrives until it is cut. */
public final class SseClient implements AutoCloseable {

    private static final HttpClient HTTP = HttpClient.newHttpClient();

    /** One event; comments are kept apart. */
    public record Line(@Nullable String id, @Nullable String name, String data) {}

    private final HttpResponse<InputStream> response;
    private final List<Line> lines = new CopyOnWriteArrayList<>();
    private final List<String> comments = new CopyOnWriteArrayList<>();
    private volatile @Nullable String lastId;
    private volatile boolean ended;

    private SseClient(HttpResponse<InputStream> response) {
        this.response = response;
    }

    static SseClient open(URI uri, String token, @Nullable String lastEventId) {
        return open(uri, token.isEmpty() ? Map.of() : Map.of("Authorization", "Bearer " + token), lastEventId);
    }

    public static SseClient open(URI uri, Map<String, String> headers, @Nullable String lastEventId) {
        HttpRequest.Builder request = HttpRequest.newBuilder(uri).header("Accept", "text/event-stream");
        headers.forEach(request::header);
        if (lastEventId != null) {
            request.header("Last-Event-ID", lastEventId);
        }
        try {
            SseClient client = new SseClient(HTTP.send(request.build(), HttpResponse.BodyHandlers.ofInputStream()));
            Thread.ofVirtual().start(client::read);
            return client;
        } catch (IOException e) {
            throw new IllegalStateException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    public int status() {
        return response.statusCode();
    }

    public List<Line> lines() {
        return lines;
    }

    List<String> comments() {
        return comments;
    }

    @Nullable String lastId() {
        return lastId;
    }

    private void read() {
        String id = null;
        String name = null;
        StringBuilder data = new StringBuilder();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(response.body(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = reader.readLine()) != null) {
                if (line.isEmpty()) {
                    lastId = id == null ? lastId : id;
                    if (!data.isEmpty()) {
                        lines.add(new Line(id, name, data.toString()));
                    }
                    id = null;
                    name = null;
                    data.setLength(0);
                } else if (line.startsWith(":")) {
                    comments.add(line.substring(1));
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    name = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5));
                }
            }
        } catch (IOException cut) {
            // As meant.
        }
        ended = true;
    }

    boolean hasEnded() {
        return ended;
    }

    /** Cuts the line in the middle of whatever it does. */
    @Override
    public void close() {
        try {
            response.body().close();
        } catch (IOException cut) {
            // As meant.
        }
    }
}
