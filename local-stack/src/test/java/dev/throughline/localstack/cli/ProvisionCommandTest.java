package dev.throughline.localstack.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.throughline.localstack.http.JsonHttp;
import dev.throughline.localstack.provisioning.TenantSetup;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.KeyFactory;
import java.security.spec.MGF1ParameterSpec;
import java.security.spec.X509EncodedKeySpec;
import java.util.Base64;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import javax.crypto.Cipher;
import javax.crypto.spec.OAEPParameterSpec;
import javax.crypto.spec.PSource;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ProvisionCommandTest {

    private static final ObjectMapper JSON = new ObjectMapper();
    private static final String SECRET = "wsec_test_only_not_a_real_secret";
    private static final String CHANGE = """
            {"id":"elevenlabs.webhook","target":"ElevenLabs","what":"post-call webhook","action":"change",
             "differences":["is_disabled: true → false"]%s}""";
    private static final String SAME =
            "{\"id\":\"twilio.number\",\"target\":\"Twilio\",\"what\":\"number\",\"action\":\"none\",\"differences\":[]%s}";

    @TempDir
    private Path home;

    private final ByteArrayOutputStream printed = new ByteArrayOutputStream();
    private final AtomicInteger runs = new AtomicInteger();
    private HttpServer front;
    private String plan =
            "{\"steps\":[" + CHANGE.formatted("") + "," + SAME.formatted("") + "],\"notes\":[\"Set it.\"]}";
    private String outcome = "done";

    @BeforeEach
    void start() throws IOException {
        front = HttpServer.create(new InetSocketAddress("127.0.0.1", 0), 0);
        front.createContext("/", this::answer);
        front.start();
    }

    @AfterEach
    void stop() {
        front.stop(0);
    }

    @Test
    void shouldShowThePlanAskDoItAndKeepTheSecretToItself() throws IOException {
        assertThat(provision(() -> true)).isZero();

        assertThat(output())
                .contains(
                        "change",
                        "post-call webhook",
                        "is_disabled: true → false",
                        "1 thing is as wanted",
                        "Note: Set it.")
                .contains("done")
                .doesNotContain(SECRET);
        assertThat(Files.readString(home.resolve("webhook-secret"))).isEqualToIgnoringNewLines(SECRET);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(home.resolve("webhook-secret"))))
                .isEqualTo("rw-------");
    }

    @Test
    void shouldChangeNothingWithoutAYes() throws IOException {
        assertThat(provision(() -> false)).isEqualTo(2);

        assertThat(runs).hasValue(0);
        assertThat(output()).contains("Nothing was changed.");
    }

    @Test
    void shouldNotAskWhereThereIsNothingToDo() throws IOException {
        plan = "{\"steps\":[" + SAME.formatted("") + "],\"notes\":[]}";

        assertThat(provision(() -> {
                    throw new AssertionError("asked");
                }))
                .isZero();

        assertThat(output()).contains("Nothing to do.");
    }

    @Test
    void shouldNameTheStepThatFailed() throws IOException {
        outcome = "failed";

        assertThat(provision(() -> true)).isEqualTo(1);

        assertThat(output()).contains("failed").contains("It did not work. Try again.");
    }

    @Test
    void shouldPrintEveryFaultWithItsCure() throws IOException {
        JsonNode report = JSON.readTree("""
                {"checks":[{"id":"a","title":"the number","status":"ok","found":"Fine.","cure":""},
                 {"id":"b","title":"the address","status":"fault","found":"It is not reached.","cure":"Start the tunnel."}]}""");

        assertThat(DoctorCommand.shown(report, new PrintStream(printed, true, StandardCharsets.UTF_8)))
                .isEqualTo(1);

        assertThat(output())
                .contains("found: It is not reached.", "cure:  Start the tunnel.", "1 fault.")
                .doesNotContain("Fine.");
    }

    @Test
    void shouldPrintWhyAWebhookWasRefused() throws IOException {
        JsonNode rejections = JSON.readTree("""
                [{"at":"2026-11-21T12:00:00Z","provider":"twilio","seen":"http://a.example.com/sms","signed":"https://a.example.com/sms",
                  "differs":["scheme"],"headers":{"X-Forwarded-Proto":"http"},"found":"The scheme differs.","cure":"Set APP_BASE_URL."}]""");

        DoctorCommand.shownRefusals("sms-service", rejections, new PrintStream(printed, true, StandardCharsets.UTF_8));

        assertThat(output())
                .contains(
                        "Refused by sms-service",
                        "The scheme differs.",
                        "signed: https://a.example.com/sms",
                        "X-Forwarded-Proto: http",
                        "cure:   Set APP_BASE_URL.");
    }

    private int provision(BooleanSupplier confirmed) throws IOException {
        String url = "http://127.0.0.1:" + front.getAddress().getPort();
        return ProvisionCommand.run(
                new TenantSetup(JsonHttp.bearing(url, "token"), home.resolve("webhook-secret")),
                UUID.randomUUID(),
                false,
                confirmed,
                new PrintStream(printed, true, StandardCharsets.UTF_8));
    }

    private String output() {
        return printed.toString(StandardCharsets.UTF_8);
    }

    private void answer(HttpExchange exchange) throws IOException {
        String body = plan;
        if (exchange.getRequestMethod().equals("POST")) {
            runs.incrementAndGet();
            JsonNode order = JSON.readTree(exchange.getRequestBody());
            String became = ",\"outcome\":\"" + outcome + "\""
                    + (outcome.equals("failed") ? ",\"problem\":\"It did not work. Try again.\"" : "");
            body = "{\"steps\":[" + CHANGE.formatted(became) + "," + SAME.formatted(",\"outcome\":\"unchanged\"")
                    + "],\"notes\":[],\"sealedWebhookSecret\":\""
                    + sealed(order.path("sealWith").asText()) + "\"}";
        }
        byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
        exchange.close();
    }

    /** As the service seals. */
    private static String sealed(String key) {
        try {
            Cipher cipher = Cipher.getInstance("RSA/ECB/OAEPPadding");
            cipher.init(
                    Cipher.ENCRYPT_MODE,
                    KeyFactory.getInstance("RSA")
                            .generatePublic(
                                    new X509EncodedKeySpec(Base64.getDecoder().decode(key))),
                    new OAEPParameterSpec("SHA-256", "MGF1", MGF1ParameterSpec.SHA256, PSource.PSpecified.DEFAULT));
            return Base64.getEncoder().encodeToString(cipher.doFinal(SECRET.getBytes(StandardCharsets.UTF_8)));
        } catch (Exception e) {
            throw new AssertionError(e);
        }
    }
}
