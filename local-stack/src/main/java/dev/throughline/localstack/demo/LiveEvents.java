package dev.throughline.localstack.demo;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * A reader of the lead's server-sent events, as a browser's EventSource would be: keeps every event with its id and type. Reads on a
 * thread of its own until {@link #close}.
 */
final class LiveEvents implements AutoCloseable {

    /** @param data the event's data, JSON */
    record Event(String id, String type, String data) {}

    private final HttpClient client =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final List<Event> events = new ArrayList<>();
    private final HttpResponse<InputStream> answer;

    private LiveEvents(String url, String token, Optional<String> lastEventId)
            throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(url))
                .header("Accept", "text/event-stream")
                .header("Authorization", "Bearer " + token);
        lastEventId.ifPresent(id -> request.header("Last-Event-ID", id));
        this.answer = client.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            client.shutdownNow();
            throw new IOException("the event stream was answered " + answer.statusCode());
        }
        Thread.ofVirtual().start(this::read);
    }

    /** Opens the stream of {@code leadId} at {@code front}, after {@code lastEventId} when it is given. */
    static LiveEvents open(String front, String token, String leadId, Optional<String> lastEventId)
            throws IOException, InterruptedException {
        return new LiveEvents(front + "/api/stream/conversation/" + leadId + "?named=true", token, lastEventId);
    }

    /** What has arrived so far. */
    synchronized List<Event> seen() {
        return List.copyOf(events);
    }

    @Override
    public void close() {
        client.shutdownNow();
    }

    private void read() {
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            String id = "";
            String type = "message";
            StringBuilder data = new StringBuilder();
            for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                if (line.isEmpty()) {
                    if (!data.isEmpty()) {
                        add(new Event(id, type, data.toString()));
                    }
                    type = "message";
                    data.setLength(0);
                } else if (line.startsWith("id:")) {
                    id = line.substring(3).strip();
                } else if (line.startsWith("event:")) {
                    type = line.substring(6).strip();
                } else if (line.startsWith("data:")) {
                    data.append(line.substring(5).strip());
                }
            }
        } catch (IOException e) {
            // The end of the stream, ours or theirs; what was seen by then is what counts.
            return;
        }
    }

    private synchronized void add(Event event) {
        events.add(event);
    }
}
