package dev.throughline.localstack.system;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Requests as somebody sends them who should not. */
final class Knock {

    private static final Duration PATIENCE = Duration.ofSeconds(15);
    private static final long MORE_THAN_ANYBODY_TAKES = 512L << 20;

    private final URI front;
    private final HttpClient client;

    Knock(String front, HttpClient client) {
        this.front = URI.create(front);
        this.client = client;
    }

    /** The status and the body, or as much of it as came at once: a stream that opens would go on. */
    record Answer(int status, String body) {}

    /** Asks with {@code headers}, and an empty object or form where the door takes a body. */
    Answer at(Doors.Door door, Map<String, String> headers) throws IOException, InterruptedException {
        String form = "application/x-www-form-urlencoded";
        return ask(door, headers, door.contentType(), form.equals(door.contentType()) ? "" : "{}");
    }

    /** Sends a body of a type nobody takes. */
    Answer withXml(Doors.Door door, Map<String, String> headers) throws IOException, InterruptedException {
        return ask(door, headers, "application/xml", "<x/>");
    }

    private Answer ask(Doors.Door door, Map<String, String> headers, @Nullable String contentType, String body)
            throws IOException, InterruptedException {
        var request = HttpRequest.newBuilder(front.resolve(door.path()))
                .timeout(PATIENCE)
                .method(door.method(), contentType == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
        headers.forEach(request::header);
        if (contentType != null) {
            request.header("Content-Type", contentType);
        }
        HttpResponse<InputStream> response = client.send(request.build(), BodyHandlers.ofInputStream());
        try (InputStream in = response.body()) {
            boolean stream = response.headers()
                    .firstValue("content-type")
                    .filter(type -> type.startsWith("text/event-stream"))
                    .isPresent();
            byte[] bytes = stream ? new byte[0] : in.readNBytes(1 << 20);
            return new Answer(response.statusCode(), new String(bytes, StandardCharsets.UTF_8));
        }
    }

    /** Announces a body nobody takes and sends the beginning of it; returns the status of the answer. */
    int withOversizeBody(Doors.Door door, Map<String, String> headers) throws IOException {
        try (Socket socket = new Socket(front.getHost(), front.getPort())) {
            socket.setSoTimeout((int) PATIENCE.toMillis());
            StringBuilder head = new StringBuilder("%s %s HTTP/1.1\r\nHost: %s\r\nContent-Length: %d\r\n"
                    .formatted(door.method(), door.path(), front.getAuthority(), MORE_THAN_ANYBODY_TAKES));
            head.append("Content-Type: ").append(door.contentType()).append("\r\n");
            headers.forEach((name, value) ->
                    head.append(name).append(": ").append(value).append("\r\n"));
            // A proxy may pass the head on with the first of the body only.
            socket.getOutputStream().write((head + "\r\n" + " ".repeat(1024)).getBytes(StandardCharsets.US_ASCII));
            String status =
                    new String(socket.getInputStream().readNBytes("HTTP/1.1 200".length()), StandardCharsets.US_ASCII);
            return Integer.parseInt(status.substring("HTTP/1.1 ".length()));
        }
    }
}
