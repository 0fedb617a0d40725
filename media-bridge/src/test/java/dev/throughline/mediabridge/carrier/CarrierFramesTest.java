package dev.throughline.mediabridge.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class CarrierFramesTest {

    private static final ObjectMapper MAPPER = new ObjectMapper();
    private static final String STREAM = "MZd1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1";

    @Test
    void shouldReadEveryDocumentedFrame() {
        assertThat(parse("in-connected")).isEqualTo(new CarrierFrame.Connected());
        assertThat(parse("in-mark")).isEqualTo(new CarrierFrame.Mark("u1-3"));
        assertThat(parse("in-dtmf")).isEqualTo(new CarrierFrame.Dtmf("5"));
        assertThat(parse("in-stop")).isEqualTo(new CarrierFrame.Stop("CAb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1"));
        assertThat(parse("in-start")).isInstanceOfSatisfying(CarrierFrame.Start.class, start -> {
            assertThat(start.streamSid()).isEqualTo(STREAM);
            assertThat(start.callSid()).isEqualTo("CAb1b1b1b1b1b1b1b1b1b1b1b1b1b1b1b1");
            assertThat(start.encoding()).isEqualTo("audio/x-mulaw");
            assertThat(start.sampleRateHz()).isEqualTo(8_000);
            assertThat(start.parameter("token")).isEqualTo("one-time-token-123");
            assertThat(start.parameter("absent")).isEmpty();
        });
    }

    @Test
    void shouldTakeTheFastWayForMediaAsDocumented() throws IOException {
        String frame = fixture("in-media");
        String payload = MAPPER.readTree(frame).at("/media/payload").asText();

        assertThat(scan(frame)).isEqualTo(new CarrierFrame.Media(STREAM, payload));
        assertThat(scan(MAPPER.readTree(frame).toString())).isNotNull();
    }

    @Test
    void shouldTakeTheFastWayForAMarkAsDocumented() {
        assertThat(scan(fixture("in-mark"))).isEqualTo(new CarrierFrame.Mark("u1-3"));
    }

    @Test
    void shouldForgetOneFrameBeforeTheNext() {
        MediaScanner scanner = new MediaScanner();
        for (String text : List.of(
                "{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"AAAA\"}}",
                "{\"event\":\"media\",\"media\":{}}",
                "{\"event\":\"mark\",\"mark\":{}}",
                "{\"event\":\"media\",\"streamSid\":\"MZ2\",\"media\":{\"payload\":\"BBBB\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"CCCC\"}}",
                "{\"event\":\"stop\"}",
                "{\"media\":{\"payload\":\"DDDD\"}}")) {
            byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
            assertThat(CarrierFrames.parse(scanner, utf8, utf8.length)).isEqualTo(CarrierFrames.parseFully(text));
        }
    }

    @Test
    void shouldReadAWholeSession() throws IOException {
        for (String line : fixtureFile("media-stream-session.jsonl").lines().toList()) {
            JsonNode step = MAPPER.readTree(line);
            if (step.path("dir").asText().equals("in")) {
                assertThat(read(step.path("frame").toString()))
                        .isNotInstanceOfAny(CarrierFrame.Malformed.class, CarrierFrame.Unknown.class);
            }
        }
    }

    @Test
    void shouldWriteExactlyTheDocumentedMembers() throws IOException {
        String payload =
                MAPPER.readTree(fixture("out-media")).at("/media/payload").asText();

        assertThat(json(CarrierFrames.media(STREAM, payload))).isEqualTo(json(fixture("out-media")));
        assertThat(json(CarrierFrames.mark(STREAM, "u1-3"))).isEqualTo(json(fixture("out-mark")));
        assertThat(json(CarrierFrames.clear(STREAM))).isEqualTo(json(fixture("out-clear")));
    }

    @Test
    void shouldNotBeMisledByAPayloadInAnotherText() {
        String frame =
                "{\"event\":\"media\",\"note\":\"\\\"payload\\\":\\\"AAAA\\\"\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"/7//\"}}";

        assertThat(read(frame)).isEqualTo(new CarrierFrame.Media("MZ1", "/7//"));
    }

    @Test
    void shouldReadAnEscapedPayload() {
        assertThat(read("{\"event\":\"media\",\"streamSid\":\"MZ1\",\"media\":{\"payload\":\"\\/7\\/\\/\"}}"))
                .isEqualTo(new CarrierFrame.Media("MZ1", "/7//"));
    }

    @Test
    void shouldIgnoreWhatItDoesNotKnow() {
        assertThat(read("{\"event\":\"future\",\"x\":[1]}")).isEqualTo(new CarrierFrame.Unknown("future"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "null",
                "[]",
                "\"media\"",
                "{",
                "{}",
                "{\"event\":\"media\"}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"not base64!\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AAA\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AAAA\\\"}\"}}",
                "{\"event\":\"media\",\"media\":{\"payload\":\"AAAA\"}} trailing"
            })
    void shouldCallMalformedWhatIsNot(String text) {
        assertThat(read(text)).isInstanceOf(CarrierFrame.Malformed.class);
    }

    private static CarrierFrame parse(String name) {
        return read(fixture(name));
    }

    private static CarrierFrame read(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return CarrierFrames.parse(new MediaScanner(), utf8, utf8.length);
    }

    private static @Nullable CarrierFrame scan(String text) {
        byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
        return new MediaScanner().scan(utf8, utf8.length);
    }

    private static JsonNode json(String text) throws IOException {
        return MAPPER.readTree(text);
    }

    private static String fixture(String name) {
        return fixtureFile("media-stream-" + name + ".json");
    }

    private static String fixtureFile(String name) {
        try (InputStream in = Objects.requireNonNull(CarrierFramesTest.class.getResourceAsStream("/twilio/" + name))) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }
}
