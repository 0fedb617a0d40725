package dev.throughline.localstack.provisioning;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;

/** What a start makes at the stand-ins and in the services, each time only what is missing. */
public final class DemoProvisioning {

    /** Some thirty requests to the stand-ins, on a machine that has just started everything. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private final Settings settings;
    private final Addresses stack;
    private final Map<String, String> environment;
    private final LocalSecrets secrets;

    /**
     * Base URLs of those that are talked to.
     *
     * @param front the front
     * @param twilio the Twilio stand-in, empty when there is none
     */
    public record Addresses(String front, String twilio) {}

    /** @param environment of the services */
    public DemoProvisioning(Settings settings, Addresses stack, Map<String, String> environment, LocalSecrets secrets) {
        this.settings = settings;
        this.stack = stack;
        this.environment = environment;
        this.secrets = secrets;
    }

    /** What the stand-in for Twilio must have before the services are told of it. */
    public void beforeServices() throws IOException {
        if (settings.standInForTwilio()) {
            twilio().app(environment.getOrDefault("TWILIO_TWIML_APP_SID", ""));
        }
    }

    /** The demo tenant with its number, its services and staff; the service itself then sets the stand-ins up for it. */
    public void afterServices() throws IOException {
        JsonHttp admin = JsonHttp.bearing(
                        stack.front(),
                        new OperatorTokens(secrets.privateKey(), Clock.systemUTC())
                                .issue(OperatorTokens.Role.ADMIN, Optional.empty()))
                .within(PATIENCE);
        DemoTenant tenant = tenant(admin, twilio().number(DemoTenant.NUMBER));
        // What is real is set up when somebody asks for it: ./dev provision.
        Set<String> targets = settings.standInForElevenLabs() ? Set.of("ElevenLabs", "Twilio") : Set.of("Twilio");
        List<String> failures = TenantSetup.failures(
                new TenantSetup(admin, settings.webhookSecretFile()).apply(tenant.tenantId(), targets, false));
        if (!failures.isEmpty()) {
            throw new IOException(String.join("\n", failures));
        }
        if (settings.standInForElevenLabs()) {
            JsonNode agents =
                    data(admin.get("/api/tenants/" + tenant.tenantId())).path("settings");
            tenant = tenant.withAgents(
                    agents.path("elevenLabsAgentId").asText(),
                    agents.path("elevenLabsTextAgentId").asText());
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
        addChat(admin, "/api/tenants/" + tenant);
    }

    /** On the page the front plays, see {@code SalonPage}; by its one name only, so that by the other it can be seen to be refused. */
    private void addChat(JsonHttp admin, String tenant) throws IOException {
        boolean known = data(admin.get(tenant)).path("settings").path("widget").has("key");
        if (!known) {
            admin.patch(tenant, Map.of("settings", Map.of("widget", Map.of("origins", List.of(stack.front())))));
        }
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

    private StandInAccount twilio() {
        String account = environment.getOrDefault("TWILIO_ACCOUNT_SID", "");
        return new StandInAccount(
                JsonHttp.basic(stack.twilio(), account, environment.getOrDefault("TWILIO_AUTH_TOKEN", "")), account);
    }
}
