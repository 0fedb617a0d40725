package dev.throughline.telephony;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executors;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/**
 * Twilio's REST API as far as it is asked here: takes everything, names what it made, and remembers what it was asked. One for all tests of
 * the JVM; a test looks only for its own room, number or call.
 */
public class FakeTwilio implements QuarkusTestResourceLifecycleManager {

    public static final String API_KEY = "SK00000000000000000000000000000002";
    public static final String API_SECRET = "test-only-secret-of-32-characters";
    public static final String APPLICATION = "AP00000000000000000000000000000003";

    private static final String PORT = "throughline.test.twilio.port";

    /** Asked over HTTP what it was asked: the test and the application may load this class twice. */
    private static final String REQUESTS = "/_requests";

    private static final String REFUSALS = "/_refusals";
    private static final String ENDED = "/_ended";
    private static final String PRESENT = "/_present";
    private static final String RECORDED = "/_recorded";

    /** The audio of every recording. */
    public static final byte[] AUDIO =
            "not really an MP3, but long enough. ".repeat(4000).getBytes(StandardCharsets.UTF_8);

    private static final Queue<String> ASKED = new ConcurrentLinkedQueue<>();
    private static final Map<String, String[]> REFUSED = new ConcurrentHashMap<>();
    private static final Map<String, String[]> STANDS = new ConcurrentHashMap<>();
    private static final Map<String, Map<String, String>> IN_ROOMS = new ConcurrentHashMap<>();
    private static final Map<String, String[]> RECORDINGS = new ConcurrentHashMap<>();

    /** A request; {@code path} begins after the account. */
    public record Request(String method, String path, Map<String, String> form) {

        /** A form's value, empty when it was not sent. */
        public String get(String name) {
            return form.getOrDefault(name, "");
        }
    }

    @Override
    public synchronized Map<String, String> start() {
        if (System.getProperty(PORT) == null) {
            System.setProperty(PORT, Integer.toString(listen()));
        }
        return Map.of(
                "throughline.twilio.api-base-url", "http://localhost:" + System.getProperty(PORT),
                "throughline.twilio.read-timeout", "2s",
                "throughline.twilio.api-key", API_KEY,
                "throughline.twilio.api-secret", API_SECRET,
                "throughline.twilio.twiml-app-sid", APPLICATION);
    }

    @Override
    public void stop() {
        // Until the JVM ends.
    }

    /** What was asked so far, in order. */
    public static List<Request> requests(Predicate<Request> wanted) {
        return control(REQUESTS)
                .lines()
                .map(line -> line.split(" ", 3))
                .map(parts -> new Request(parts[0], parts[1], form(parts[2])))
                .filter(wanted)
                .toList();
    }

    /** Refuses every later request whose method, path or form contains {@code mark}. */
    public static void refuse(String mark, int status, int code) {
        control(REFUSALS + "?mark=" + URLEncoder.encode(mark, StandardCharsets.UTF_8) + "&status=" + status + "&code="
                + code);
    }

    /** How a call stands from now on when it is asked about; {@code seconds} empty while it lives. */
    public static void stands(String callSid, String status, String seconds) {
        control(ENDED + "?sid=" + callSid + "&status=" + status + "&seconds=" + seconds);
    }

    /** Who is in a conference from now on: labels by leg. */
    public static void present(String conferenceSid, Map<String, String> legs) {
        StringBuilder query = new StringBuilder(PRESENT + "?sid=" + conferenceSid);
        legs.forEach((leg, label) -> query.append('&').append(leg).append('=').append(label));
        control(query.toString());
    }

    /** Twilio has this recording of a call; {@code source} is for example RecordVerb. */
    public static void recorded(String recordingSid, String callSid, String source) {
        control(RECORDED + "?sid=" + recordingSid + "&call=" + callSid + "&source=" + source);
    }

    /** The conference of a room. */
    public static String conferenceSid(String room) {
        return "CF"
                + UUID.nameUUIDFromBytes(room.getBytes(StandardCharsets.UTF_8))
                        .toString()
                        .replace("-", "");
    }

    private static int listen() {
        try {
            HttpServer server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
            server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
            server.createContext("/", FakeTwilio::handle);
            server.start();
            return server.getAddress().getPort();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void handle(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath().replaceFirst("^/2010-04-01/Accounts/AC[0-9a-f]{32}", "");
        String query = exchange.getRequestURI().getRawQuery();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        String encoded = body.isEmpty() && query != null ? query : body;
        Map<String, String> form = form(encoded);
        if (path.equals(REQUESTS)) {
            respond(exchange, 200, String.join("\n", ASKED));
            return;
        }
        if (path.equals(REFUSALS)) {
            REFUSED.put(form.get("mark"), new String[] {form.get("status"), form.get("code")});
            respond(exchange, 204, "");
            return;
        }
        if (path.equals(ENDED)) {
            STANDS.put(form.get("sid"), new String[] {form.get("status"), form.getOrDefault("seconds", "")});
            respond(exchange, 204, "");
            return;
        }
        if (path.equals(PRESENT)) {
            Map<String, String> legs = new LinkedHashMap<>(form);
            IN_ROOMS.put(legs.remove("sid"), legs);
            respond(exchange, 204, "");
            return;
        }
        if (path.equals(RECORDED)) {
            RECORDINGS.put(form.get("sid"), new String[] {form.get("call"), form.get("source")});
            respond(exchange, 204, "");
            return;
        }
        ASKED.add(exchange.getRequestMethod() + " " + path + " " + encoded);
        String all = exchange.getRequestMethod() + " " + path + " " + form;
        for (var refusal : REFUSED.entrySet()) {
            if (all.contains(refusal.getKey())) {
                String[] answer = refusal.getValue();
                respond(
                        exchange,
                        Integer.parseInt(answer[0]),
                        "{\"code\":" + answer[1] + ",\"message\":\"refused\",\"status\":" + answer[0] + "}");
                return;
            }
        }
        answer(exchange, path, form);
    }

    private static void answer(HttpExchange exchange, String path, Map<String, String> form) throws IOException {
        String[] parts = path.substring(1).replace(".json", "").split("/");
        boolean post = exchange.getRequestMethod().equals("POST");
        if (exchange.getRequestMethod().equals("DELETE")) {
            respond(exchange, 204, "");
        } else if (parts[0].equals("Recordings") && path.endsWith(".json")) {
            String[] recorded = RECORDINGS.get(parts[1]);
            respond(
                    exchange,
                    recorded == null ? 404 : 200,
                    recorded == null
                            ? "{\"code\":20404,\"message\":\"not found\",\"status\":404}"
                            : "{\"sid\":\"%s\",\"call_sid\":\"%s\",\"source\":\"%s\",\"duration\":\"7\"}"
                                    .formatted(parts[1], recorded[0], recorded[1]));
        } else if (parts[0].equals("Recordings")) {
            recording(exchange);
        } else if (parts[0].equals("Calls") && parts.length == 2 && !post && STANDS.containsKey(parts[1])) {
            String[] stands = STANDS.get(parts[1]);
            respond(exchange, 200, """
                    {"sid":"%s","from":"+12025550101","to":"+12025550102","status":"%s","direction":"inbound",
                     "duration":%s,"end_time":null}""".formatted(
                            parts[1], stands[0], stands[1].isEmpty() ? "null" : "\"" + stands[1] + "\""));
        } else if (parts[0].equals("Conferences") && parts.length == 3 && !post) {
            respond(exchange, 200, inRoom(IN_ROOMS.getOrDefault(parts[1], Map.of())));
        } else if (parts[0].equals("Conferences") && parts.length >= 3) {
            String conference = parts[1].startsWith("CF") ? parts[1] : conferenceSid(parts[1]);
            String sid = parts.length == 4 && parts[3].startsWith("CA") ? parts[3] : newSid();
            respond(exchange, post && parts.length == 3 ? 201 : 200, """
                    {"call_sid":"%s","conference_sid":"%s","label":"%s","status":"queued","muted":%s,"hold":%s}""".formatted(
                            sid,
                            conference,
                            form.getOrDefault("Label", ""),
                            form.getOrDefault("Muted", "false"),
                            form.getOrDefault("Hold", "false")));
        } else if (parts[0].equals("Conferences") && parts.length == 2) {
            respond(exchange, 200, "{\"sid\":\"" + parts[1] + "\",\"status\":\"completed\"}");
        } else if (parts[0].equals("Conferences")) {
            respond(exchange, 200, "{\"conferences\":[],\"page\":0,\"page_size\":50}");
        } else {
            String sid = parts.length == 2 ? parts[1] : newSid();
            respond(exchange, parts.length == 1 ? 201 : 200, """
                    {"sid":"%s","from":"%s","to":"%s","status":"queued","direction":"outbound-api"}""".formatted(
                            sid, form.getOrDefault("From", ""), form.getOrDefault("To", "")));
        }
    }

    private static String inRoom(Map<String, String> legs) {
        return legs.entrySet().stream()
                .map(leg ->
                        "{\"call_sid\":\"%s\",\"label\":\"%s\",\"status\":\"connected\",\"muted\":false,\"hold\":false}"
                                .formatted(leg.getKey(), leg.getValue()))
                .collect(Collectors.joining(",", "{\"participants\":[", "],\"page\":0,\"page_size\":50}"));
    }

    private static void recording(HttpExchange exchange) throws IOException {
        String basic =
                Base64.getEncoder().encodeToString((API_KEY + ":" + API_SECRET).getBytes(StandardCharsets.UTF_8));
        if (!("Basic " + basic).equals(exchange.getRequestHeaders().getFirst("Authorization"))) {
            respond(exchange, 401, "{}");
            return;
        }
        exchange.getResponseHeaders().add("Content-Type", "audio/x-wav");
        exchange.sendResponseHeaders(200, AUDIO.length);
        exchange.getResponseBody().write(AUDIO);
        exchange.close();
    }

    private static void respond(HttpExchange exchange, int status, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(status, bytes.length == 0 ? -1 : bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    private static String newSid() {
        return "CA" + UUID.randomUUID().toString().replace("-", "");
    }

    private static Map<String, String> form(String encoded) {
        Map<String, String> form = new LinkedHashMap<>();
        for (String pair : encoded.split("&")) {
            String[] parts = pair.split("=", 2);
            if (parts.length == 2) {
                // Repeated names, as Twilio's events are sent, in one.
                form.merge(
                        URLDecoder.decode(parts[0], StandardCharsets.UTF_8),
                        URLDecoder.decode(parts[1], StandardCharsets.UTF_8),
                        (one, other) -> one + " " + other);
            }
        }
        return form;
    }

    private static String control(String pathAndQuery) {
        try (HttpClient http = HttpClient.newHttpClient()) {
            URI uri = URI.create("http://localhost:" + System.getProperty(PORT) + pathAndQuery);
            return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.ofString())
                    .body();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }
}
