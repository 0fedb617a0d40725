package dev.throughline.localstack.system;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.chaos.Topic;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.process.Ports;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.Stack;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A stack of a test's own, as {@code ./dev up} starts it, against the stand-ins alone whatever the machine is set up for. */
final class StackUnderTest implements AutoCloseable {

    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int LONG_ENOUGH_TO_KNOW = 16;

    private final Settings settings;
    private final Stack stack;
    private final StackInfo info;
    private final LocalSecrets secrets;

    private StackUnderTest(Settings settings, Stack stack, StackInfo info, LocalSecrets secrets) {
        this.settings = settings;
        this.stack = stack;
        this.info = info;
        this.secrets = secrets;
    }

    /** @param home an empty directory for its data and logs */
    static StackUnderTest start(Path root, Path home) throws Exception {
        return start(root, home, Map.of());
    }

    /** @param extra environment of the services */
    static StackUnderTest start(Path root, Path home, Map<String, String> extra) throws Exception {
        Map<String, String> environment = new HashMap<>(System.getenv());
        List.of(
                        "TWILIO_API_BASE_URL",
                        "TWILIO_ACCOUNT_SID",
                        "TWILIO_AUTH_TOKEN",
                        "ELEVENLABS_API_BASE_URL",
                        "ELEVENLABS_API_KEY",
                        "ELEVENLABS_AGENT_ID",
                        "APP_BASE_URL",
                        "WEBHOOK_BASE_URL")
                .forEach(environment::remove);
        environment.put("THROUGHLINE_HOME", home.toString());
        environment.put("PORT", Integer.toString(new Ports().free()));
        environment.putAll(extra);
        Settings settings = Settings.read(root, environment);
        Stack stack = Stack.prepare(settings, new Progress(System.out));
        try {
            return new StackUnderTest(settings, stack, stack.start(), LocalSecrets.in(home));
        } catch (Exception failed) {
            stack.close();
            throw failed;
        }
    }

    Settings settings() {
        return settings;
    }

    StackInfo info() {
        return info;
    }

    Stack stack() {
        return stack;
    }

    TwilioStandIn twilio() {
        return new TwilioStandIn(info.twilioUrl());
    }

    /** The control side of the Twilio stand-in. */
    JsonHttp twilioControl() {
        return new JsonHttp(info.twilioUrl(), Map.of());
    }

    /** The control side of the ElevenLabs stand-in. */
    JsonHttp elevenLabsControl() {
        return new JsonHttp(info.elevenLabsUrl(), Map.of());
    }

    /** ElevenLabs' REST API with the account's key. */
    JsonHttp elevenLabs() {
        return new JsonHttp(info.elevenLabsUrl(), Map.of("xi-api-key", secrets.get("ELEVENLABS_API_KEY")));
    }

    String secret(String name) {
        return secrets.get(name);
    }

    DemoTenant demo() {
        return DemoTenant.read(settings.directories()).orElseThrow();
    }

    String token(OperatorTokens.Role role, Optional<UUID> tenant) throws IOException {
        return new OperatorTokens(secrets.privateKey(), Clock.systemUTC()).issue(role, tenant);
    }

    JsonHttp admin() throws IOException {
        return JsonHttp.bearing(info.url(), token(OperatorTokens.Role.ADMIN, Optional.empty()));
    }

    JsonHttp operator(UUID tenant) throws IOException {
        return JsonHttp.bearing(info.url(), token(OperatorTokens.Role.OPERATOR, Optional.of(tenant)));
    }

    /** A number at Twilio whose webhooks lead to us; whether a tenant has it is another matter. */
    String provisionedNumber(String number) throws IOException {
        String account = secrets.get("TWILIO_ACCOUNT_SID");
        JsonHttp.basic(info.twilioUrl(), account, secrets.get("TWILIO_AUTH_TOKEN"))
                .postForm(
                        "/2010-04-01/Accounts/" + account + "/IncomingPhoneNumbers.json",
                        Map.of(
                                "PhoneNumber", number,
                                "VoiceUrl", info.appBaseUrl() + "/api/webhooks/twilio/elevenlabs",
                                "StatusCallback", info.appBaseUrl() + "/api/webhooks/twilio/status"));
        return number;
    }

    /** Listens to a live call at {@code url} as an operator; the first bytes of the first messages: whose voice each was. */
    List<Byte> listen(String url, UUID tenant, String callSid) throws Exception {
        List<Byte> voices = new CopyOnWriteArrayList<>();
        try (HttpClient client = HttpClient.newHttpClient()) {
            WebSocket socket = client.newWebSocketBuilder()
                    .header("Authorization", "Bearer " + token(OperatorTokens.Role.OPERATOR, Optional.of(tenant)))
                    .buildAsync(
                            URI.create(url.replaceFirst("^http", "ws") + "/api/calls/" + callSid + "/listen"),
                            new WebSocket.Listener() {
                                @Override
                                public @Nullable CompletionStage<?> onBinary(
                                        WebSocket from, ByteBuffer sound, boolean last) {
                                    voices.add(sound.get(0));
                                    from.request(1);
                                    return null;
                                }
                            })
                    .get(20, TimeUnit.SECONDS);
            Polling.until(PATIENCE, () -> Optional.of(voices).filter(heard -> heard.size() >= 10));
            socket.abort();
        }
        return voices;
    }

    /** Returns the monotonic time of the answer. */
    long createTenant(String number, Map<String, Object> tenantSettings) throws IOException {
        createTenant(number, "BRIDGE", tenantSettings);
        return System.nanoTime();
    }

    /** Returns the answer: the tenant with its tool secret. */
    JsonNode createTenant(String number, String voicePath, Map<String, Object> tenantSettings) throws IOException {
        JsonNode answer = admin().post(
                        "/api/tenants",
                        Map.of(
                                "name",
                                "A new business",
                                "twilioPhoneNumber",
                                number,
                                "timeZone",
                                "Europe/London",
                                "country",
                                "US",
                                "voicePath",
                                voicePath,
                                "settings",
                                tenantSettings));
        return answer.has("data") ? answer.path("data") : answer;
    }

    /** The call, once it is over. */
    JsonNode ended(String sid) throws IOException, InterruptedException {
        return Polling.until(PATIENCE, () -> Optional.of(twilio().callState(sid))
                        .filter(call -> call.path("ended").asBoolean()))
                .orElseThrow(() -> new AssertionError("the call " + sid + " did not end"));
    }

    /** What was said on a call, a line for each sentence. */
    static String heardBy(JsonNode call) {
        StringBuilder heard = new StringBuilder();
        call.path("heard")
                .forEach(part -> heard.append(part.path("text").asText()).append('\n'));
        return heard.toString();
    }

    /** Ends the stack; fails when the services' logs hold what nobody may read there. */
    @Override
    public void close() throws IOException {
        List<String> words;
        try {
            words = said();
        } finally {
            stack.close();
        }
        Set<String> leaks = Leaks.in(settings.directories().logs(), secrets(), words);
        if (!leaks.isEmpty()) {
            throw new AssertionError("the logs tell what they must not:\n" + String.join("\n", leaks));
        }
    }

    /** Every sentence that was said or written; short ones may stand in a log for other reasons. */
    private List<String> said() throws IOException {
        return Topic.read(info.kafka()).values().stream()
                .flatMap(List::stream)
                .map(event -> event.path("text").asText())
                .filter(text -> text.length() >= LONG_ENOUGH_TO_KNOW)
                .distinct()
                .toList();
    }

    private List<String> secrets() throws IOException {
        List<String> all = new ArrayList<>();
        for (String name : List.of("TWILIO_AUTH_TOKEN", "TWILIO_API_SECRET", "ELEVENLABS_API_KEY", "INTERNAL_SECRET")) {
            all.add(secrets.get(name));
        }
        DemoTenant.read(settings.directories()).ifPresent(demo -> all.add(demo.toolSecret()));
        if (Files.exists(settings.webhookSecretFile())) {
            all.add(Files.readString(settings.webhookSecretFile()).strip());
        }
        all.removeIf(String::isBlank);
        return all;
    }
}
