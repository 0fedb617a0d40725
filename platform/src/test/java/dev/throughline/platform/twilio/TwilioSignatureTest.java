package dev.throughline.platform.twilio;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.twilio.security.RequestValidator;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Against published vectors, recorded forms, and the official SDK's validator. */
class TwilioSignatureTest {

    private static final String TOKEN = "0123456789abcdef0123456789abcdef";

    @Test
    void shouldAgreeWithThePublishedVectors() {
        int checked = 0;
        for (JsonNode vector : json("signature-vectors.json").path("vectors")) {
            TwilioSignature signature =
                    new TwilioSignature(vector.path("authToken").asText());
            String url = vector.path("url").asText();
            String expected = vector.path("signature").asText();
            boolean accepted;
            if (vector.has("body")) {
                byte[] body = vector.path("body").asText().getBytes(StandardCharsets.UTF_8);
                accepted = signature.acceptsBody(url, body, expected);
                body[0] ^= 1;
                assertThat(signature.acceptsBody(url, body, expected)).isFalse();
            } else if (vector.path("method").asText().equals("POST")) {
                accepted = signature.acceptsForm(url, parameters(vector.path("params")), expected);
            } else {
                accepted = signature.acceptsGet(url, expected);
            }
            assertThat(accepted).as(vector.path("id").asText()).isTrue();
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(10);
    }

    @Test
    void shouldAcceptEveryRecordedForm() {
        TwilioSignature signature = new TwilioSignature(TOKEN);
        int checked = 0;
        for (JsonNode fixture : json("signatures.json").path("fixtures")) {
            if (fixture.path("file").isNull()) {
                continue;
            }
            Map<String, List<String>> form =
                    FormBody.parse(bytes(fixture.path("file").asText()));
            assertThat(signature.acceptsForm(
                            fixture.path("url").asText(),
                            form,
                            fixture.path("signature").asText()))
                    .as(fixture.path("file").asText())
                    .isTrue();
            form.put("Extra", List.of("x"));
            assertThat(signature.acceptsForm(
                            fixture.path("url").asText(),
                            form,
                            fixture.path("signature").asText()))
                    .isFalse();
            checked++;
        }
        assertThat(checked).isGreaterThanOrEqualTo(15);
    }

    @Test
    void shouldAcceptAnUpgradeSignedWithOrWithoutTheSlash() {
        TwilioSignature signature = new TwilioSignature(TOKEN);
        String url = "wss://media.example.com/media-stream";
        assertThat(signature.acceptsUpgrade(url, "SPg3E/0F2ezuCGHLNqOrpJVM5MY="))
                .isTrue();
        assertThat(signature.acceptsUpgrade(url, "ErTeJeGgQ8uX1JibqITsD3Bvs2c="))
                .isTrue();
        assertThat(signature.acceptsUpgrade(url, "EW0JMSf7liJm/wSNdzbo2n8E8bc="))
                .as("the https form")
                .isFalse();
    }

    @Test
    void shouldAcceptTheUrlWithAndWithoutItsPort() {
        TwilioSignature signature = new TwilioSignature(TOKEN);
        for (String url : List.of("https://a.example.com/x?y=%2F", "https://a.example.com:443/x?y=%2F")) {
            for (String signed : List.of("https://a.example.com/x?y=%2F", "https://a.example.com:443/x?y=%2F")) {
                assertThat(signature.acceptsGet(url, signature.signUrl(signed))).isTrue();
            }
        }
        String sms = "https://a.example.com:8443/x";
        assertThat(signature.acceptsGet(sms, signature.signUrl("https://a.example.com/x")))
                .isTrue();
        assertThat(signature.acceptsGet(sms, signature.signUrl(sms))).isTrue();
        assertThat(signature.acceptsGet(sms, signature.signUrl("https://a.example.com:443/x")))
                .isFalse();
        assertThat(signature.acceptsGet("wss://a.example.com/x", signature.signUrl("wss://a.example.com:443/x")))
                .isTrue();
        assertThat(signature.acceptsGet("http://a.example.com/x", signature.signUrl("http://a.example.com:80/x")))
                .isTrue();
        assertThat(signature.acceptsGet("https://[::1]/x", signature.signUrl("https://[::1]:443/x")))
                .isTrue();
        assertThat(signature.acceptsGet("https://[::1]:9/x", signature.signUrl("https://[::1]/x")))
                .isTrue();
    }

    @Test
    void shouldDropUserInfoAndFragment() {
        TwilioSignature signature = new TwilioSignature(TOKEN);
        String signed = signature.signUrl("https://a.example.com/x?q=a@b");
        assertThat(signature.acceptsGet("https://user:p%40ss@a.example.com/x?q=a@b#ct=2000&rc=2", signed))
                .isTrue();
    }

    @Test
    void shouldRefuseWhatIsMissingOrCut() {
        TwilioSignature signature = new TwilioSignature(TOKEN);
        String url = "https://a.example.com/x";
        String right = signature.signUrl(url);
        assertThat(signature.acceptsGet(url, null)).isFalse();
        assertThat(signature.acceptsGet(url, "")).isFalse();
        assertThat(signature.acceptsGet(url, right.substring(1))).isFalse();
        assertThat(signature.acceptsGet(url, right + " ")).isFalse();
        assertThat(signature.acceptsBody(url, new byte[0], right))
                .as("no bodySHA256")
                .isFalse();
        assertThat(new TwilioSignature("another").acceptsGet(url, right)).isFalse();
    }

    @Property(tries = 300)
    void shouldAgreeWithTheOfficialValidator(@ForAll("forms") Map<String, String> form, @ForAll("urls") String url) {
        TwilioSignature ours = new TwilioSignature(TOKEN);
        Map<String, List<String>> values = values(form);
        String signature = ours.signForm(url, values);
        assertThat(new RequestValidator(TOKEN).validate(url, form, signature)).isTrue();
        assertThat(ours.acceptsForm(url, values, signature)).isTrue();
        String encoded = form.entrySet().stream()
                .map(entry -> encode(entry.getKey()) + "=" + encode(entry.getValue()))
                .collect(Collectors.joining("&"));
        assertThat(FormBody.parse(encoded.getBytes(StandardCharsets.UTF_8))).isEqualTo(values);
    }

    @Provide
    Arbitrary<Map<String, String>> forms() {
        return Arbitraries.maps(
                        Arbitraries.strings()
                                .alpha()
                                .numeric()
                                .withChars('_', 'Ä')
                                .ofMinLength(1)
                                .ofMaxLength(12),
                        Arbitraries.strings().all().excludeChars(surrogates()).ofMaxLength(40))
                .ofMaxSize(12);
    }

    @Provide
    Arbitrary<String> urls() {
        return Arbitraries.of(
                "https://voice.example.com/api/webhooks/twilio/status",
                "https://voice.example.com:8443/a?b=c&d=",
                "http://voice.example.com:8080/a/",
                "https://voice.example.com/a?b=%20%2F%C3%A9");
    }

    /** Lone surrogates have no UTF-8 form, so no request can carry them. */
    private static char[] surrogates() {
        char[] all = new char[Character.MAX_LOW_SURROGATE - Character.MIN_HIGH_SURROGATE + 1];
        for (int i = 0; i < all.length; i++) {
            all[i] = (char) (Character.MIN_HIGH_SURROGATE + i);
        }
        return all;
    }

    private static Map<String, List<String>> values(Map<String, String> form) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        form.forEach((name, value) -> values.put(name, List.of(value)));
        return values;
    }

    private static Map<String, List<String>> parameters(JsonNode node) {
        Map<String, List<String>> values = new LinkedHashMap<>();
        node.properties()
                .forEach(field ->
                        values.put(field.getKey(), List.of(field.getValue().asText())));
        return values;
    }

    private static String encode(String text) {
        return java.net.URLEncoder.encode(text, StandardCharsets.UTF_8);
    }

    private static JsonNode json(String file) {
        try {
            return new ObjectMapper().readTree(bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static byte[] bytes(String file) {
        try (InputStream in = TwilioSignatureTest.class.getResourceAsStream("/twilio/" + file)) {
            return in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
