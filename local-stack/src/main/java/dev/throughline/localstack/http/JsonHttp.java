package dev.throughline.localstack.http;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * JSON requests to one base URL with the same headers every time. Blocking, 15 s per request unless told otherwise, for commands and the demo. Answers other
 * than 2xx are thrown as {@link HttpFailure}, so a caller that looks at the body has a successful one.
 */
public final class JsonHttp {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration TIMEOUT = Duration.ofSeconds(15);
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(3))
            .build();

    private final String baseUrl;
    private final Map<String, String> headers;
    private final Duration timeout;

    /** A client of {@code baseUrl}, which has no slash at the end. */
    public JsonHttp(String baseUrl, Map<String, String> headers) {
        this(baseUrl, headers, TIMEOUT);
    }

    private JsonHttp(String baseUrl, Map<String, String> headers, Duration timeout) {
        this.baseUrl = baseUrl;
        this.headers = Map.copyOf(headers);
        this.timeout = timeout;
    }

    /** The same client with more or less patience for one request. */
    public JsonHttp within(Duration patience) {
        return new JsonHttp(baseUrl, headers, patience);
    }

    /** A client that sends {@code token} as a bearer token. */
    public static JsonHttp bearing(String baseUrl, String token) {
        return new JsonHttp(baseUrl, Map.of("Authorization", "Bearer " + token));
    }

    /** A client with Basic credentials, as Twilio's REST API takes them. */
    public static JsonHttp basic(String baseUrl, String user, String password) {
        byte[] pair = (user + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new JsonHttp(
                baseUrl, Map.of("Authorization", "Basic " + Base64.getEncoder().encodeToString(pair)));
    }

    /** Where it sends. */
    public String baseUrl() {
        return baseUrl;
    }

    public JsonNode get(String path) throws IOException {
        return send("GET", path, null, "application/json");
    }

    public JsonNode post(String path, Object body) throws IOException {
        return send("POST", path, JSON.writeValueAsString(body), "application/json");
    }

    public JsonNode patch(String path, Object body) throws IOException {
        return send("PATCH", path, JSON.writeValueAsString(body), "application/json");
    }

    public JsonNode delete(String path) throws IOException {
        return send("DELETE", path, null, "application/json");
    }

    /** A form POST, as Twilio's REST API takes it. */
    public JsonNode postForm(String path, Map<String, String> form) throws IOException {
        String body = form.entrySet().stream()
                .map(field -> encoded(field.getKey()) + "=" + encoded(field.getValue()))
                .collect(Collectors.joining("&"));
        return send("POST", path, body, "application/x-www-form-urlencoded");
    }

    /** {@code text} for a query or a form. */
    public static String encoded(String text) {
        return URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private JsonNode send(String method, String path, @Nullable String body, String contentType) throws IOException {
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(baseUrl + path))
                .timeout(timeout)
                .header("Accept", "application/json")
                .method(
                        method,
                        body == null ? HttpRequest.BodyPublishers.noBody() : HttpRequest.BodyPublishers.ofString(body));
        if (body != null) {
            request.header("Content-Type", contentType);
        }
        headers.forEach(request::header);
        HttpResponse<String> answer;
        try {
            answer = CLIENT.send(request.build(), HttpResponse.BodyHandlers.ofString());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted while waiting for " + method + " " + path, e);
        }
        if (answer.statusCode() / 100 != 2) {
            throw new HttpFailure(method, baseUrl + path, answer.statusCode(), answer.body());
        }
        String text = answer.body();
        return text == null || text.isBlank() ? MissingNode.getInstance() : JSON.readTree(text);
    }
}
