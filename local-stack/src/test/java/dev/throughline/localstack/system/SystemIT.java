package dev.throughline.localstack.system;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.throughline.localstack.cli.DemoCommand;
import dev.throughline.localstack.customer.TwilioStandIn;
import dev.throughline.localstack.deploy.Metrics;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.http.Polling;
import dev.throughline.localstack.parts.ServiceModule;
import dev.throughline.localstack.provisioning.DemoTenant;
import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.secrets.OperatorTokens;
import dev.throughline.localstack.settings.Settings;
import dev.throughline.localstack.stack.Progress;
import dev.throughline.localstack.stack.StackInfo;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.assertj.core.api.SoftAssertions;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The suite from outside: the processes as {@code ./dev up} starts them, with data of their own on free ports, through the front. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(value = 420, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
class SystemIT {

    private static final Path ROOT = Path.of(System.getProperty("throughline.root", ".."));
    private static final Path CONSOLE = ROOT.resolve("conversation-context/src/main/webui");
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    /** To sign in and out is a stranger's right; it shows nothing. */
    private static final Set<String> SIGN_IN = Set.of("POST /api/session", "DELETE /api/session");

    /** In the Test Anything Protocol, as Node prints it to a file. */
    private static final Pattern FAILED_PAGE_TEST =
            Pattern.compile("(?m)^not ok \\d+ - (?<name>.*)$(?s:.*?)error: (?:\\|-\\s+)?(?<error>.*)$");

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
    void shouldLetAnOperatorWorkOnThePage() throws Exception {
        String browser = System.getenv().getOrDefault("CHROMIUM", "/usr/bin/chromium");
        Assumptions.assumeTrue(Files.isExecutable(Path.of(browser)), "no Chromium here: set CHROMIUM to one");
        DemoTenant demo = suite.demo();
        String token = suite.token(OperatorTokens.Role.OPERATOR, Optional.of(demo.tenantId()));
        JsonHttp operator = JsonHttp.bearing(info.url(), token);
        if (operator.get("/api/leads").path("leads").isEmpty()) {
            // Run alone, there is no story to look at yet.
            shouldSeeEveryStepOfTheStoryToBeTrue();
        }
        String lead =
                operator.get("/api/leads").path("leads").get(0).path("leadId").asText();

        ProcessBuilder page = new ProcessBuilder("npm", "run", "e2e")
                .directory(CONSOLE.toFile())
                .redirectErrorStream(true)
                .redirectOutput(home.resolve("page.log").toFile());
        Path pictures = ROOT.resolve("local-stack/target/console").toAbsolutePath();
        page.environment()
                .putAll(Map.of(
                        "BASE_URL", info.url(),
                        "TWILIO_URL", info.twilioUrl(),
                        "TOKEN", token,
                        "VIEWER", suite.token(OperatorTokens.Role.VIEWER, Optional.of(demo.tenantId())),
                        "ADMIN", suite.token(OperatorTokens.Role.ADMIN, Optional.of(demo.tenantId())),
                        "INSTALLATION", suite.token(OperatorTokens.Role.ADMIN, Optional.empty()),
                        "LEAD", lead,
                        "BUSINESS", DemoTenant.NUMBER,
                        "CHROMIUM", browser,
                        "SCREENSHOTS", pictures.toString()));
        Process process = page.start();

        boolean ended = process.waitFor(360, TimeUnit.SECONDS);
        assertThat(ended && process.exitValue() == 0)
                .as(() -> whatTheBrowserSaw(read(home.resolve("page.log"))))
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

    @Test
    void shouldTextBackACallNoAgentTookOnce() throws Exception {
        new MissedCallScenario(suite, "+12025550174").run();
    }

    @Test
    void shouldShowAPageEveryEventOnceWhenItsReplicaDiesAndWhenItComesBack() throws Exception {
        ReplicaScenario.run(suite);
    }

    @Test
    void shouldFindNoFaultInItsOwnSetUpAndNothingLeftToProvision() throws Exception {
        JsonHttp admin = JsonHttp.bearing(info.url(), suite.token(OperatorTokens.Role.ADMIN, Optional.empty()))
                .within(Duration.ofSeconds(60));
        String tenant = "/api/tenants/" + suite.demo().tenantId();

        JsonNode checks = admin.get(tenant + "/doctor").path("checks");

        assertThat(checks.size()).isGreaterThan(20);
        assertThat(checks).allSatisfy(check -> assertThat(check.path("status").asText())
                .as(check.toString())
                .isEqualTo("ok"));
        assertThat(checks.findValuesAsText("id"))
                .contains("public-url.media-bridge", "public-url.socket", "signature.elevenlabs.conversation-context");
        assertThat(admin.get(tenant + "/provisioning").path("steps").findValuesAsText("action"))
                .isNotEmpty()
                .containsOnly("none");
    }

    @Test
    void shouldTellOfEveryMetricItServes() throws Exception {
        Set<String> documented = Metrics.documented(ROOT);
        Set<String> served = new TreeSet<>();
        for (ServiceModule service : ServiceModule.values()) {
            String scrape =
                    text(suite.stack().managementUrl(service) + "/q/metrics").body();
            scrape.lines()
                    .filter(line -> line.startsWith("throughline_"))
                    .map(line -> Metrics.family(line.split("[{ ]")[0]))
                    .forEach(served::add);
        }
        assertThat(served).hasSizeGreaterThan(15).isSubsetOf(documented);
    }

    @Test
    void shouldTellABrowserWhatToKeepFrom() throws Exception {
        for (String path :
                List.of("/", "/api/leads", "/api/tenants", "/api/twilio/calls", "/api/webhooks/twilio/sms/incoming")) {
            HttpResponse<String> answer = text(info.url() + path);
            assertThat(answer.headers().allValues("x-content-type-options"))
                    .as(path)
                    .containsExactly("nosniff");
            assertThat(answer.headers().allValues("referrer-policy")).as(path).containsExactly("no-referrer");
        }
        assertThat(text(info.url() + "/").headers().firstValue("content-security-policy"))
                .hasValueSatisfying(policy -> assertThat(policy)
                        .contains("default-src 'self'", "object-src 'none'", "frame-ancestors 'none'")
                        .doesNotContain("script-src", "unsafe-eval"));
    }

    private static HttpResponse<String> text(String url) throws IOException, InterruptedException {
        try (HttpClient client = HttpClient.newHttpClient()) {
            return client.send(HttpRequest.newBuilder(URI.create(url)).build(), HttpResponse.BodyHandlers.ofString());
        }
    }

    @Test
    void shouldGiveAStrangerNothingAtAnyDoor() throws Exception {
        UUID salon = suite.demo().tenantId();
        Map<String, Map<String, String>> strangers = Map.of(
                "nobody",
                Map.of(),
                "somebody with made-up signatures",
                Map.of("X-Twilio-Signature", "AAAA", "ElevenLabs-Signature", "t=1,v0=00", "X-Tool-Secret", "guess"),
                "somebody whose token is over",
                bearing(tokens(Clock.offset(Clock.systemUTC(), Duration.ofDays(-2)))
                        .issue(OperatorTokens.Role.ADMIN, Optional.of(salon))),
                "somebody who signs with a key of his own",
                bearing(new OperatorTokens(ownKey(), Clock.systemUTC())
                        .issue(OperatorTokens.Role.ADMIN, Optional.of(salon))));
        try (var client = HttpClient.newHttpClient()) {
            Knock knock = new Knock(info.url(), client);
            SoftAssertions.assertSoftly(all -> everyDoor()
                    .filter(door -> !SIGN_IN.contains(door.method() + " " + door.path()))
                    .forEach(door -> strangers.forEach((who, headers) -> all.assertThatCode(() ->
                                    assertThat(knock.at(door, headers).status()).isIn(401, 403, 404, 426))
                            .as("%s at %s", who, door)
                            .doesNotThrowAnyException())));
        }
    }

    @Test
    void shouldShowAnotherTenantsOperatorNothing() throws Exception {
        DemoTenant demo = suite.demo();
        Map<String, String> other = bearing(suite.token(OperatorTokens.Role.ADMIN, Optional.of(UUID.randomUUID())));
        try (var client = HttpClient.newHttpClient()) {
            Knock knock = new Knock(info.url(), client);
            SoftAssertions.assertSoftly(all -> everyDoor().forEach(door -> all.assertThatCode(() -> {
                        Knock.Answer answer = knock.at(door, other);
                        assertThat(answer.status()).isLessThan(500);
                        assertThat(answer.body())
                                .doesNotContain(
                                        DemoTenant.CUSTOMER, demo.tenantId().toString());
                        assertThat(answer.status() < 300 && door.path().contains(lead()))
                                .as("an answer about the lead")
                                .isFalse();
                    })
                    .as(door.toString())
                    .doesNotThrowAnyException()));
        }
    }

    @Test
    void shouldRefuseBodiesNobodyTakes() throws Exception {
        Map<String, String> admin = bearing(
                suite.token(OperatorTokens.Role.ADMIN, Optional.of(suite.demo().tenantId())));
        try (var client = HttpClient.newHttpClient()) {
            Knock knock = new Knock(info.url(), client);
            SoftAssertions.assertSoftly(
                    all -> everyDoor().filter(Doors.Door::takesBody).forEach(door -> all.assertThatCode(() -> {
                                assertThat(knock.withOversizeBody(door, admin))
                                        .as("too large a body")
                                        .isBetween(400, 499);
                                assertThat(knock.withXml(door, admin).status())
                                        .as("another content type")
                                        .isBetween(400, 499);
                            })
                            .as(door.toString())
                            .doesNotThrowAnyException()));
        }
    }

    private static Stream<Doors.Door> everyDoor() {
        try {
            return Doors.all(
                    ROOT,
                    Map.of(
                            "tenantId", suite.demo().tenantId().toString(),
                            "leadId", lead(),
                            "callSid", "CA00000000000000000000000000000001",
                            "sid", "RE00000000000000000000000000000001",
                            "messageSid", "SM00000000000000000000000000000001",
                            "index", "0",
                            "id", "1b671a64-40d5-591e-99b0-da01ff1f3341",
                            "tool", "get_services"))
                    .stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** A lead of the demo's tenant. */
    private static String lead() {
        try {
            return suite.operator(suite.demo().tenantId())
                    .get("/api/leads")
                    .path("leads")
                    .get(0)
                    .path("leadId")
                    .asText();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static OperatorTokens tokens(Clock clock) throws IOException {
        return new OperatorTokens(LocalSecrets.in(home).privateKey(), clock);
    }

    private static PrivateKey ownKey() throws GeneralSecurityException {
        KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
        generator.initialize(2048);
        return generator.generateKeyPair().getPrivate();
    }

    private static Map<String, String> bearing(String token) {
        return Map.of("Authorization", "Bearer " + token);
    }

    /** What failed in a line of its own before all that was printed: often the only line somebody sees. */
    private static String whatTheBrowserSaw(String tap) {
        String failed = FAILED_PAGE_TEST
                .matcher(tap)
                .results()
                .map(found -> found.group("name") + " (" + found.group("error") + ")")
                .collect(Collectors.joining("; "));
        return "in the browser: " + (failed.isEmpty() ? "no test failed, the run did" : failed) + "\n" + tap;
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
