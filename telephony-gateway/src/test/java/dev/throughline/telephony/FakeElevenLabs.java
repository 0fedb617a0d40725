package dev.throughline.telephony;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;

/**
 * ElevenLabs' REST, as far as these tests need it. The number that is called says how it is answered, so that nothing is shared with a test
 * but the request itself.
 */
public class FakeElevenLabs implements QuarkusTestResourceLifecycleManager {

    /** ElevenLabs takes calls to this number. */
    public static final String REGISTERED = "+12025550160";

    /** ElevenLabs answers a web page for calls to this one. */
    public static final String NONSENSE = "+12025550161";

    /** ElevenLabs never answers for this one. */
    public static final String SILENT = "+12025550162";

    /** ElevenLabs refuses the key for this one. */
    public static final String REFUSED = "+12025550163";

    /** What is answered for {@link #REGISTERED}. */
    public static final String TWIML =
            "<?xml version='1.0'?><Response><Connect><Stream url=\"wss://elevenlabs.example/s\">"
                    + "<Parameter name=\"conversation_id\" value=\"conv_1\"/></Stream></Connect></Response>";

    private HttpServer server;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        } catch (IOException noPort) {
            throw new UncheckedIOException(noPort);
        }
        server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
        server.createContext("/", exchange -> {
            try (exchange) {
                serve(exchange);
            }
        });
        server.start();
        String base = "http://127.0.0.1:" + server.getAddress().getPort();
        Map<String, String> config = new HashMap<>();
        config.put("throughline.elevenlabs.api-base-url", base);
        config.put("throughline.telephony.inbound.register-wait", "1s");
        // Patience on a busy machine; how little of it callers have, the tests without a database show.
        config.put("throughline.telephony.call.database-wait", "15s");
        config.put("throughline.telephony.reaper.every", "1s");
        return config;
    }

    @Override
    public void stop() {
        server.stop(0);
    }

    private static void serve(HttpExchange exchange) throws IOException {
        String path = exchange.getRequestURI().getPath();
        String body = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
        if (path.endsWith("/register-call")) {
            register(exchange, body);
        } else {
            answer(exchange, 404, "application/json", "{\"detail\":\"Not Found\"}");
        }
    }

    private static void register(HttpExchange exchange, String body) throws IOException {
        if (body.contains(SILENT)) {
            sleep(3_000);
        } else if (body.contains(NONSENSE)) {
            answer(exchange, 200, "text/html", "<html><body>Welcome!</body></html>");
        } else if (body.contains(REFUSED)) {
            answer(exchange, 401, "application/json", "{\"detail\":\"Invalid API key\"}");
        } else {
            boolean complete = body.contains("\"to_number\":\"" + REGISTERED + "\"")
                    && body.contains("\"call_id\":\"CA")
                    && body.contains("\"business_hours_summary\":")
                    && body.contains("\"questions_text\":\"\"")
                    && body.contains("\"user_id\":");
            answer(exchange, complete ? 200 : 422, "text/html", complete ? TWIML : "{\"detail\":[]}");
        }
    }

    private static void answer(HttpExchange exchange, int status, String type, String body) throws IOException {
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().set("Content-Type", type);
        exchange.sendResponseHeaders(status, bytes.length);
        exchange.getResponseBody().write(bytes);
    }

    private static void sleep(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }
}
