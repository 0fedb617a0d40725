package dev.throughline.platform.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.platform.rejection.Rejection;
import dev.throughline.platform.twilio.SignatureDoctor.Patient;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SignatureDoctorTest {

    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final TwilioSignature SIGNATURE = new TwilioSignature("12345");
    private static final Map<String, List<String>> FORM =
            Map.of("From", List.of("+12025550142"), "Body", List.of("Do you have time tomorrow?"));

    @ParameterizedTest
    @CsvSource({
        // APP_BASE_URL, what came, the proxy's headers, what Twilio signed, what differs
        "http://voice.example.com, /sms?t=1, '', https://voice.example.com/sms?t=1, scheme",
        "https://voice.example.com, /sms, X-Forwarded-Host=line.example.com, https://line.example.com/sms, host",
        "https://voice.example.com, /sms, Host=line.example.com:8443, https://line.example.com:8443/sms, 'host,port'",
        "https://voice.example.com/suite, /sms, '', https://voice.example.com/sms, path",
        "https://voice.example.com, /sms, X-Forwarded-Prefix=/suite, https://voice.example.com/suite/sms, path",
        "https://voice.example.com, /v1/sms, X-Original-URI=/sms, https://voice.example.com/sms, path",
        "https://voice.example.com, /sms/, '', https://voice.example.com/sms, path",
        "https://voice.example.com, /sms?added=1, '', https://voice.example.com/sms, query"
    })
    void shouldFindTheAddressThatWasSigned(String base, String target, String header, String signed, String differs) {
        Rejection found = examined(base, target, headers(header), SIGNATURE.signForm(signed, FORM));

        assertThat(found.signed()).isEqualTo(signed.replace("t=1", "t=…"));
        assertThat(String.join(",", found.differs())).isEqualTo(differs);
        assertThat(found.found()).contains(differs.split(",", -1)[0]);
        assertThat(found.cure()).isNotBlank();
    }

    @Test
    void shouldTellAnotherTokenFromALostHeaderFromALostForm() {
        String base = "https://voice.example.com";

        assertThat(examined(base, "/sms", Map.of(), new TwilioSignature("other").signForm(base + "/sms", FORM)))
                .satisfies(found -> assertThat(found.cure()).contains("TWILIO_AUTH_TOKEN"))
                .satisfies(found -> assertThat(found.signed()).isNull());
        assertThat(examined(base, "/sms", Map.of(), null).found()).contains("no header X-Twilio-Signature");
        assertThat(examined(base, "/sms", Map.of(), SIGNATURE.signForm(base + "/sms", Map.of()))
                        .found())
                .contains("empty form");
        assertThat(SignatureDoctor.examined(patient(base, "/sms", Map.of(), "x"), false, NOW)
                        .found())
                .contains("TWILIO_AUTH_TOKEN is not set");
    }

    @Test
    void shouldShowNothingOfWhatWasWrittenAndNoToken() {
        String token = "a".repeat(64);
        Rejection found = examined(
                "https://voice.example.com",
                "/media-stream/" + token + "?phone=%2B12025550142",
                Map.of("X-Original-URI", "/media-stream/" + token + "?phone=%2B12025550142", "X-Twilio-Signature", "s"),
                "not a signature");

        assertThat(found.toString())
                .doesNotContain(token)
                .doesNotContain("12025550142")
                .doesNotContain("tomorrow")
                .doesNotContain("not a signature")
                .contains("https://voice.example.com/media-stream/…?phone=…");
    }

    private static Rejection examined(
            String base, String target, Map<String, String> headers, @Nullable String signature) {
        return SignatureDoctor.examined(patient(base, target, headers, signature), true, NOW);
    }

    private static Patient patient(String base, String target, Map<String, String> proxys, @Nullable String signature) {
        Map<String, String> headers = new HashMap<>(proxys);
        if (signature != null) {
            headers.put(TwilioVerifier.HEADER, signature);
        }
        return new Patient(
                base,
                target,
                headers::get,
                url -> SIGNATURE.acceptsForm(url, FORM, signature),
                url -> SIGNATURE.acceptsForm(url, Map.of(), signature),
                null);
    }

    private static Map<String, String> headers(String one) {
        return one.isEmpty() ? Map.of() : Map.of(one.split("=", 2)[0], one.split("=", 2)[1]);
    }
}
