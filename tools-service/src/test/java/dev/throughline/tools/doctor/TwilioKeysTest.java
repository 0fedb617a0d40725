package dev.throughline.tools.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.throughline.platform.twilio.TwilioConfig;
import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.SmallRyeConfigBuilder;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class TwilioKeysTest {

    private static final String ACCOUNT = "AC00000000000000000000000000000001";
    private static final String PATH = "/2010-04-01/Accounts/" + ACCOUNT;

    private final Map<String, String> accepted =
            Map.of(PATH + ".json", ACCOUNT + ":token", PATH + "/IncomingPhoneNumbers.json", "SK1:secret");

    private HttpServer twilio;

    @BeforeEach
    void listen() throws IOException {
        twilio = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        twilio.createContext("/", exchange -> {
            String right = "Basic "
                    + Base64.getEncoder()
                            .encodeToString(accepted.getOrDefault(
                                            exchange.getRequestURI().getPath(), "nobody")
                                    .getBytes(StandardCharsets.UTF_8));
            boolean known = right.equals(exchange.getRequestHeaders().getFirst("Authorization"));
            exchange.sendResponseHeaders(known ? 200 : 401, -1);
            exchange.close();
        });
        twilio.start();
    }

    @AfterEach
    void stop() {
        twilio.stop(0);
    }

    @Test
    void shouldAcceptTheAccountsTokenAndKey() {
        assertThat(keys("token", "SK1", "secret").checks())
                .extracting(Check::status)
                .containsExactly(Check.Status.OK, Check.Status.OK);
    }

    @Test
    void shouldTellTheWrongTokenFromTheWrongKey() {
        assertThat(keys("token", "SK1", "another").checks())
                .extracting(Check::status)
                .containsExactly(Check.Status.OK, Check.Status.FAULT);
        assertThat(keys("another", "SK1", "secret").checks())
                .extracting(Check::status)
                .containsExactly(Check.Status.FAULT, Check.Status.OK);
    }

    @Test
    void shouldSayWhatIsLostWithoutAKey() {
        Check key = keys("token", "", "").checks().getLast();

        assertThat(key.status()).isEqualTo(Check.Status.WARNING);
        assertThat(key.found()).contains("browser");
        assertThat(key.cure()).contains("TWILIO_API_KEY");
    }

    private TwilioKeys keys(String token, String key, String secret) {
        Map<String, String> values = new HashMap<>(Map.of(
                "throughline.twilio.account-sid", ACCOUNT,
                "throughline.twilio.auth-token", token,
                "throughline.twilio.api-base-url",
                        "http://127.0.0.1:" + twilio.getAddress().getPort()));
        values.put("throughline.twilio.api-key", key);
        values.put("throughline.twilio.api-secret", secret);
        // "3s" is Quarkus' way to write a duration.
        return new TwilioKeys(new SmallRyeConfigBuilder()
                .withConverter(Duration.class, 200, new DurationConverter())
                .withMapping(TwilioConfig.class)
                .withDefaultValues(values)
                .build()
                .getConfigMapping(TwilioConfig.class));
    }
}
