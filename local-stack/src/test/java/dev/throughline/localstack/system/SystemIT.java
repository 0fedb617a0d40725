package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.cli.DemoCommand;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.http.HttpFailure;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The suite from outside: the processes as {@code ./dev up} starts them, with data of their own on free ports, through the front. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 420, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SystemIT {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path CONSOLE = ROOT.resolve("conversation-context/src/main/webui");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** The provider's set-up may take this long to be heard of in a service; the product promises one second. */
    private static final Duration TENANT_PATIENCE = Duration.ofSeconds(10);

    @TempDir
    private static Path home;

    private static StackUnderTest suite;
    private static Settings settings;
    private static StackInfo info;
    private static TwilioStandIn twilio;

    @BeforeAll
    static void start() throws Exception {
        suite = StackUnderTest.start(ROOT, home);
        settings = suite.settings();
        info = suite.info();
        twilio = suite.twilio();
    }

    @AfterAll
    static void stop() throws IOException {
        suite.close();
    }

    @Test
    @Order(1)
    void shouldSeeEveryStepOfTheStoryToBeTrue() throws Exception {
        assertThat(DemoCommand.run(settings, new Progress(System.out))).isZero();
    }

    @Test
    @Order(2)
    void shouldShowTheConversationOnThePageAndLetItGrowLive() throws Exception {
        String browser = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        Assumptions.assumeTrue(Files.isExecutable(Path.of(browser)), "no Chromium here: set CHROMIUM to one");
        DemoTenant demo = suite.demo();
        String token = suite.token(OperatorTokens.Role.OPERATOR, Optional.of(demo.tenantId()));
        String lead = JsonHttp.bearing(info.url(), token)
                .get("/api/leads")
                .path("leads")
                .get(0)
                .path("leadId")
                .asText();

        ProcessBuilder page = new ProcessBuilder("npm", "run", "e2e")
                .directory(CONSOLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("page.log").toFile());
        page.environment().put("BASE_URL", info.url());
        page.environment().put("TOKEN", token);
        page.environment().put("LEAD", lead);
        page.environment().put("CHROMIUM", browser);
        page.environment()
                .put(
                        "GROW",
                        "curl -sf -X POST -H 'Content-Type: application/json' -d '{\"from\":\"" + DemoTenant.CUSTOMER
                                + "\",\"to\":\"" + DemoTenant.NUMBER + "\",\"body\":\"See you on Tuesday.\"}' "
                                + info.twilioUrl() + "/_sim/messages");
        Process process = page.start();

        boolean ended = process.waitFor(240, TimeUnit.SECONDS);
        assertThat(ended && process.exitValue() == 0)
                .as(() -> "what the browser saw:\n" + read(home.resolve("page.log")))
                .isTrue();
    }

    @Test
    void shouldAnswerCallsOfANewTenantAtOnce() throws Exception {
        String number = suite.provisionedNumber("+12025550171");

        long created = suite.createTenant(
                number, Map.of("elevenLabsAgentId", suite.demo().agentId()));
        Optional<Long> connected = Polling.until(TENANT_PATIENCE, () -> {
            String sid = twilio.call(Map.of("from", "+12025550187", "to", number, "script", "listen"));
            JsonNode twiml = Polling.until(
                            PATIENCE, () -> Optional.of(twilio.callState(sid).path("twiml"))
                                    .filter(answers -> !answers.isEmpty()))
                    .orElseThrow();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - created);
            twilio.hangUp(sid);
            return twiml.toString().contains("Connect") ? Optional.of(millis) : Optional.empty();
        });

        assertThat(connected).isPresent();
        System.out.printf(
                "A new tenant's call was connected %d ms after the tenant's creation was answered (promised: 1000)%n",
                connected.orElseThrow());
    }

    @Test
    void shouldSayThatANumberIsNotInService() throws Exception {
        String number = suite.provisionedNumber("+12025550172");
        assertThat(StackUnderTest.heardBy(call(number))).contains("This number is not in service.");
    }

    @Test
    void shouldSayThatATenantHasNoAgent() throws Exception {
        String number = suite.provisionedNumber("+12025550173");
        suite.createTenant(number, Map.of());
        Optional<String> sentence =
                Polling.until(TENANT_PATIENCE, () -> Optional.of(StackUnderTest.heardBy(call(number)))
                        .filter(heard -> !heard.contains("not in service")));
        assertThat(sentence).hasValueSatisfying(heard -> assertThat(heard)
                .contains("Our AI assistant is not properly configured."));
    }

    @Test
    void shouldApologiseWhenTheAgentCannotBeReached() throws Exception {
        JsonHttp elevenLabs = new JsonHttp(info.elevenLabsUrl(), Map.of());
        // More than all attempts of a call together, the early one included.
        elevenLabs.post(
                "/_sim/faults", Map.of("kind", "rest-error", "match", "get-signed-url", "status", 503, "count", 50));
        try {
            assertThat(StackUnderTest.heardBy(call(DemoTenant.NUMBER)))
                    .contains("We encountered an error. Please try again later.");
        } finally {
            elevenLabs.delete("/_sim/faults");
        }
    }

    @ParameterizedTest
    @CsvSource({
        "POST, /api/webhooks/twilio/elevenlabs, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/voice, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/status, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/stream-ended, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/stream-status, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/sms/incoming, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/sms/status, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/recording, application/x-www-form-urlencoded",
        "POST, /api/webhooks/twilio/conference-status, application/x-www-form-urlencoded",
        "POST, /api/twilio/conference-elevenlabs, application/x-www-form-urlencoded",
        "POST, /api/elevenlabs/outbound-call, application/json",
        "GET, /api/elevenlabs/signed-url, application/json",
        "GET, /api/twilio/token, application/json",
        "POST, /api/twilio/start-conference, application/json",
        "GET, /api/twilio/conferences/conf-1, application/json",
        "GET, /api/twilio/calls, application/json",
        "POST, /api/twilio/calls/CA00000000000000000000000000000001/transfer, application/json",
        "GET, /api/twilio/recordings/RE00000000000000000000000000000001, application/json",
        "POST, /api/twilio/send-sms, application/json",
        "POST, /internal/hand-overs, application/json",
        "POST, /internal/outbound-calls, application/json",
        "GET, /internal/calls/CA00000000000000000000000000000001/briefing, application/json",
        "GET, /media-stream/x, application/json",
        "POST, /api/webhooks/elevenlabs/post-call, application/json",
        "POST, /api/webhooks/elevenlabs/conversation-events, application/json",
        "POST, /api/webhooks/elevenlabs/conversation-initiation, application/json",
        "POST, /api/webhooks/elevenlabs/appointments, application/json",
        "POST, /api/ai/webhook/elevenlabs, application/json",
        "POST, /api/tools/get_services, application/json",
        "POST, /api/tenants, application/json",
        "GET, /api/tenants, application/json",
        "GET, /api/appointments, application/json",
        "GET, /api/leads, application/json",
        "GET, /api/stream/leads, application/json",
        "GET, /api/stream/conversation/1b671a64-40d5-591e-99b0-da01ff1f3341, application/json",
        "GET, /internal/lead-contexts/1b671a64-40d5-591e-99b0-da01ff1f3341/1b671a64-40d5-591e-99b0-da01ff1f3341, application/json",
        "PUT, /internal/calls/CA00000000000000000000000000000001/stream-outcome, application/json",
        "GET, /media-stream, application/json",
        "GET, /q/metrics, application/json"
    })
    void shouldGiveAStrangerNothing(String method, String path, String contentType) throws Exception {
        var request = HttpRequest.newBuilder(URI.create(info.url() + path))
                .header("Content-Type", contentType)
                .timeout(Duration.ofSeconds(15))
                .method(method, method.equals("GET") ? BodyPublishers.noBody() : BodyPublishers.ofString("{}"));
        try (var client = HttpClient.newHttpClient()) {
            int status = client.send(request.build(), BodyHandlers.discarding()).statusCode();
            assertThat(status).isIn(401, 403, 404, 426);
        }
    }

    @Test
    void shouldShowAnotherTenantsOperatorNothing() throws Exception {
        JsonHttp stranger =
                JsonHttp.bearing(info.url(), suite.token(OperatorTokens.Role.ADMIN, Optional.of(UUID.randomUUID())));
        UUID salon = suite.demo().tenantId();

        assertThat(stranger.get("/api/leads").path("leads")).isEmpty();
        assertThatThrownBy(() -> stranger.get("/api/tenants/" + salon))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isIn(403, 404));
        assertThatThrownBy(() -> stranger.get("/api/tenants/" + salon + "/staff"))
                .isInstanceOfSatisfying(
                        HttpFailure.class, e -> assertThat(e.status()).isIn(403, 404));
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException unreadable) {
            return "nothing: " + unreadable;
        }
    }

    private static JsonNode call(String number) throws IOException, InterruptedException {
        String sid = twilio.call(Map.of("from", "+12025550188", "to", number, "script", "listen"));
        return suite.ended(sid);
    }
}
