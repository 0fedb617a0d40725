package dev.throughline.context.postcall;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;

/** ElevenLabs' list of conversations and their details, as far as the poll needs them. */
public class FakeElevenLabs implements QuarkusTestResourceLifecycleManager {

    private HttpServer server;

    /** Handed to the test, whose classes may be loaded by another loader: plain Java only. */
    public interface Answers {
        Map<String, String> conversations();

        List<String> requests();

        void status(int status);
    }

    private final Map<String, String> conversations = new ConcurrentHashMap<>();
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile int status = 200;

    @Override
    public Map<String, String> start() {
        try {
            server = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        server.createContext("/v1/convai/conversations", this::answer);
        server.start();
        return Map.of(
                "throughline.elevenlabs.api-base-url",
                "http://127.0.0.1:" + server.getAddress().getPort());
    }

    private void answer(HttpExchange exchange) throws IOException {
        String uri = exchange.getRequestURI().toString();
        requests.add(uri);
        String path = exchange.getRequestURI().getPath();
        String id = path.substring(path.lastIndexOf('/') + 1);
        String found = path.endsWith("/conversations") ? list() : conversations.getOrDefault(id, "");
        byte[] body = found.getBytes(StandardCharsets.UTF_8);
        exchange.getResponseHeaders().add("Content-Type", "application/json");
        exchange.sendResponseHeaders(found.isEmpty() ? 404 : status, body.length == 0 ? -1 : body.length);
        exchange.getResponseBody().write(body);
        exchange.close();
    }

    private String list() {
        StringBuilder list = new StringBuilder("{\"has_more\":false,\"conversations\":[");
        conversations.keySet().forEach(id -> list.append(list.charAt(list.length() - 1) == '[' ? "" : ",")
                .append("{\"conversation_id\":\"")
                .append(id)
                .append("\",\"status\":\"done\",\"start_time_unix_secs\":1}"));
        return list.append("]}").toString();
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(
                new Answers() {
                    @Override
                    public Map<String, String> conversations() {
                        return conversations;
                    }

                    @Override
                    public List<String> requests() {
                        return requests;
                    }

                    @Override
                    public void status(int wanted) {
                        status = wanted;
                    }
                },
                new TestInjector.MatchesType(Answers.class));
    }

    @Override
    public void stop() {
        server.stop(0);
    }
}
