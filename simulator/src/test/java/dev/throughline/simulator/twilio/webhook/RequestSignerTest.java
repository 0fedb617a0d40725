package dev.throughline.simulator.twilio.webhook;

import static org.assertj.core.api.Assertions.assertThat;

import com.twilio.security.RequestValidator;
import io.vertx.core.json.JsonObject;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class RequestSignerTest {

    static Stream<JsonObject> vectors() throws Exception {
        try (InputStream in = RequestSignerTest.class.getResourceAsStream("/twilio/signature-vectors.json")) {
            String text = new String(Objects.requireNonNull(in).readAllBytes(), StandardCharsets.UTF_8);
            return new JsonObject(text).getJsonArray("vectors").stream().map(JsonObject.class::cast).toList().stream();
        }
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldSignEveryReferenceVector(JsonObject vector) {
        Map<String, String> parameters = new LinkedHashMap<>();
        vector.getJsonObject("params", new JsonObject())
                .forEach(each -> parameters.put(each.getKey(), (String) each.getValue()));

        String signature = new RequestSigner(vector.getString("authToken")).sign(vector.getString("url"), parameters);

        assertThat(signature).isEqualTo(vector.getString("signature"));
        assertThat(new RequestValidator(vector.getString("authToken"))
                        .validate(vector.getString("url"), parameters, signature))
                .isTrue();
    }

    @ParameterizedTest
    @MethodSource("vectors")
    void shouldForgeWhatTheOfficialValidatorRefuses(JsonObject vector) {
        Map<String, String> parameters = new LinkedHashMap<>();
        vector.getJsonObject("params", new JsonObject())
                .forEach(each -> parameters.put(each.getKey(), (String) each.getValue()));

        String forged = new RequestSigner(vector.getString("authToken")).forge(vector.getString("url"), parameters);

        assertThat(new RequestValidator(vector.getString("authToken"))
                        .validate(vector.getString("url"), parameters, forged))
                .isFalse();
    }
}
