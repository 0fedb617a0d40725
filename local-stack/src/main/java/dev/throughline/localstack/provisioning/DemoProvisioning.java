package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a start makes at the stand-ins and in the services, each time only what is missing. */
public final class DemoProvisioning {

    private static final String WEBHOOK_SECRET = "ELEVENLABS_WEBHOOK_SECRET";

    private final Settings settings;
    private final Addresses stack;
    private final Map<String, String> environment;
    private final LocalSecrets secrets;

    /**
     * Base URLs of those that are talked to.
     *
     * @param front the front
     * @param twilio the Twilio stand-in, empty when there is none
     * @param elevenLabs the ElevenLabs stand-in, empty when there is none
     */
    public record Addresses(String front, String twilio, String elevenLabs) {}

    /** @param environment of the services; the webhook's secret is put into it before they start */
    public DemoProvisioning(Settings settings, Addresses stack, Map<String, String> environment, LocalSecrets secrets) {
        this.settings = settings;
        this.stack = stack;
        this.environment = environment;
        this.secrets = secrets;
    }

    /** What the services take from their environment and only the stand-ins can tell. */
    public void beforeServices() throws IOException {
        if (settings.standInForTwilio()) {
            environment.put(
                    "TWILIO_TWIML_APP_SID", new TwimlApps(twilio(), accountSid(), settings.appBaseUrl()).ensure());
        }
        if (settings.standInForElevenLabs()) {
            postCallWebhook();
        }
    }

    /**
     * The post-call webhook at the ElevenLabs stand-in. It must be there before the services start, because they take its secret from
     * their environment. The stand-in, like the provider, makes that secret itself and shows it once; a given one cannot be right.
     */
    private void postCallWebhook() throws IOException {
        AgentWorkspace workspace = workspace();
        Path kept = settings.directories().standIns().resolve("webhook-secret");
        if (!Files.exists(kept) || !workspace.hasPostCallWebhook()) {
            LocalSecrets.writePrivately(kept, workspace.createPostCallWebhook());
        }
        environment.put(WEBHOOK_SECRET, Files.readString(kept).strip());
    }

    /** The demo tenant with its number, its services and staff, and its agents. */
    public void afterServices() throws IOException {
        JsonHttp admin = JsonHttp.bearing(
                stack.front(),
                new OperatorTokens(secrets.privateKey(), Clock.systemUTC())
                        .issue(OperatorTokens.Role.ADMIN, Optional.empty()));
        TwilioNumbers numbers = new TwilioNumbers(twilio(), accountSid(), settings.appBaseUrl());
        String numberSid = numbers.ensure(DemoTenant.NUMBER);
        DemoTenant tenant = tenant(admin, numberSid);
        if (settings.standInForElevenLabs()) {
            List<String> agents = workspace()
                    .agents(
                            tenant.tenantId(),
                            tenant.toolSecret(),
                            environment.getOrDefault("ELEVENLABS_VOICE_ID", "voice_example_1"));
            if (!agents.equals(List.of(tenant.agentId(), tenant.textAgentId()))) {
                admin.patch(
                        "/api/tenants/" + tenant.tenantId(),
                        Map.of("settings", DemoSeed.settings(agents.get(0), agents.get(1))));
                tenant = tenant.withAgents(agents.get(0), agents.get(1));
            }
            boolean imported = workspace()
                    .importNumber(
                            DemoTenant.NUMBER,
                            accountSid(),
                            environment.getOrDefault("TWILIO_AUTH_TOKEN", ""),
                            tenant.agentId());
            if (imported) {
                numbers.ensure(DemoTenant.NUMBER);
            }
        }
        tenant.write(settings.directories());
    }

    private DemoTenant tenant(JsonHttp admin, String numberSid) throws IOException {
        Optional<DemoTenant> kept = DemoTenant.read(settings.directories());
        if (kept.isPresent() && exists(admin, kept.get().tenantId())) {
            complete(admin, kept.get().tenantId());
            return kept.get();
        }
        JsonNode created = createdOrRecovered(admin, numberSid);
        DemoTenant tenant = new DemoTenant(
                UUID.fromString(created.path("id").asText()),
                created.path("toolSecret").asText(),
                numberSid,
                "",
                "");
        // Kept at once: the secret is shown only now, and what follows may fail.
        tenant.write(settings.directories());
        complete(admin, tenant.tenantId());
        return tenant;
    }

    /** A tenant that has the number although its secret was lost here gets a new secret; otherwise there is none, and it is made. */
    private static JsonNode createdOrRecovered(JsonHttp admin, String numberSid) throws IOException {
        for (JsonNode tenant : data(admin.get("/api/tenants"))) {
            if (tenant.path("twilioPhoneNumber").asText().equals(DemoTenant.NUMBER)) {
                return data(admin.post("/api/tenants/" + tenant.path("id").asText() + "/tool-secret", Map.of()));
            }
        }
        return data(admin.post("/api/tenants", DemoSeed.tenant(numberSid)));
    }

    private void complete(JsonHttp admin, UUID tenant) throws IOException {
        addMissing(admin, "/api/tenants/" + tenant + "/services", DemoSeed.services());
        addMissing(admin, "/api/tenants/" + tenant + "/staff", DemoSeed.staff());
    }

    private static void addMissing(JsonHttp admin, String collection, List<Map<String, Object>> wanted)
            throws IOException {
        Set<String> names = new HashSet<>();
        data(admin.get(collection)).forEach(item -> names.add(item.path("name").asText()));
        for (Map<String, Object> item : wanted) {
            if (!names.contains(item.get("name"))) {
                admin.post(collection, item);
            }
        }
    }

    private static boolean exists(JsonHttp admin, UUID tenant) throws IOException {
        try {
            admin.get("/api/tenants/" + tenant);
            return true;
        } catch (HttpFailure failure) {
            if (failure.status() == 404) {
                return false;
            }
            throw failure;
        }
    }

    /** The seeds' envelope {@code {"success":true,"data":…}} opened, where an answer has it. */
    static JsonNode data(JsonNode answer) {
        return answer.has("data") ? answer.path("data") : answer;
    }

    private JsonHttp twilio() {
        return JsonHttp.basic(stack.twilio(), accountSid(), environment.getOrDefault("TWILIO_AUTH_TOKEN", ""));
    }

    private String accountSid() {
        return environment.getOrDefault("TWILIO_ACCOUNT_SID", "");
    }

    private AgentWorkspace workspace() {
        return new AgentWorkspace(
                new JsonHttp(
                        stack.elevenLabs(), Map.of("xi-api-key", environment.getOrDefault("ELEVENLABS_API_KEY", ""))),
                settings.appBaseUrl());
    }
}
