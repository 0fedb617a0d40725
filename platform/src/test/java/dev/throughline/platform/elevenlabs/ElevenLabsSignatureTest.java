package dev.throughline.platform.elevenlabs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import org.junit.jupiter.api.Test;

class ElevenLabsSignatureTest {

    private static final Instant NOW = Instant.ofEpochSecond(1_795_168_865);
    private static final byte[] BODY = "{\"type\":\"é\"}".getBytes(StandardCharsets.UTF_8);

    @Test
    void shouldAgreeWithTheVectors() throws IOException {
        JsonNode file = new ObjectMapper()
                .readTree(getClass().getResourceAsStream("/elevenlabs/webhook_signature_vectors.json"));
        int checked = 0;
        for (JsonNode vector : file.path("cases")) {
            ElevenLabsSignature signature = signature(
                    List.of(file.path("secret").asText()),
                    Instant.ofEpochSecond(vector.path("now").asLong()));
            byte[] body = vector.path("body").asText().getBytes(StandardCharsets.UTF_8);
            String header =
                    vector.path("header").isNull() || vector.path("header").isMissingNode()
                            ? null
                            : vector.path("header").asText();
            assertThat(signature.accepts(body, header))
                    .as(vector.path("name").asText())
                    .isEqualTo(vector.path("expect").asText().equals("accept"));
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(8);
    }

    @Test
    void shouldAcceptEitherSecretDuringARotation() {
        ElevenLabsSignature signature = signature(List.of("wsec_new", "wsec_old"), NOW);
        long now = NOW.getEpochSecond();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec_new", now, BODY)))
                .isTrue();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec_old", now, BODY)))
                .isTrue();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec_other", now, BODY)))
                .isFalse();
    }

    @Test
    void shouldRefuseTheFutureAsWellAsThePast() {
        ElevenLabsSignature signature = signature(List.of("wsec"), NOW);
        long now = NOW.getEpochSecond();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec", now - 1_800, BODY)))
                .isTrue();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec", now - 1_801, BODY)))
                .isFalse();
        assertThat(signature.accepts(BODY, ElevenLabsSignature.header("wsec", now + 1_801, BODY)))
                .isFalse();
    }

    @Test
    void shouldAcceptNothingWithoutASecret() {
        String header = ElevenLabsSignature.header("x", NOW.getEpochSecond(), BODY);
        assertThat(signature(List.of(), NOW).accepts(BODY, header)).isFalse();
        assertThat(signature(List.of(" "), NOW).accepts(BODY, header)).isFalse();
    }

    private static ElevenLabsSignature signature(List<String> secrets, Instant now) {
        return new ElevenLabsSignature(secrets, Duration.ofMinutes(30), InstantSource.fixed(now));
    }
}
