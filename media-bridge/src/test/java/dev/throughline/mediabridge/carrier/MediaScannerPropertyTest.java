package dev.throughline.mediabridge.carrier;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.AlphaChars;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.NumericChars;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;
import org.jspecify.annotations.Nullable;

/** The full parser is the oracle: whatever the scanner answers, Jackson answers too. */
class MediaScannerPropertyTest {

    private static final ObjectMapper COMPACT = new ObjectMapper();
    private static final ObjectMapper INDENTED = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Property
    void shouldScanEveryWellFormedMediaFrame(
            @ForAll @Size(min = 1, max = 400) byte[] audio, @ForAll long seed, @ForAll boolean indented)
            throws Exception {
        String frame = (indented ? INDENTED : COMPACT).writeValueAsString(media(audio, seed));

        CarrierFrame scanned = scan(utf8(frame));

        assertThat(scanned).isNotNull().isEqualTo(CarrierFrames.parseFully(frame));
        assertThat(Base64.getDecoder().decode(((CarrierFrame.Media) scanned).payload()))
                .isEqualTo(audio);
    }

    @Property
    void shouldScanEveryWellFormedMark(
            @ForAll @AlphaChars @NumericChars @StringLength(min = 0, max = 40) String name, @ForAll long seed)
            throws Exception {
        String frame = COMPACT.writeValueAsString(mark(name, seed));

        assertThat(scan(utf8(frame))).isEqualTo(new CarrierFrame.Mark(name));
        assertThat(CarrierFrames.parseFully(frame)).isEqualTo(new CarrierFrame.Mark(name));
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnDamagedMarks(
            @ForAll @StringLength(max = 20) String name,
            @ForAll long seed,
            @ForAll("nasty") char character,
            @ForAll @IntRange(max = 200) int position)
            throws Exception {
        StringBuilder frame = new StringBuilder(COMPACT.writeValueAsString(mark(name, seed)));
        agrees(frame.toString());
        frame.insert(position % frame.length(), character);
        agrees(frame.toString());
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnDamagedBytes(
            @ForAll @Size(min = 1, max = 60) byte[] audio,
            @ForAll long seed,
            @ForAll byte damage,
            @ForAll @IntRange(max = 400) int position)
            throws Exception {
        byte[] frame = utf8(COMPACT.writeValueAsString(media(audio, seed)));
        frame[position % frame.length] = damage;
        agrees(frame);
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnDamagedFrames(
            @ForAll @Size(min = 1, max = 60) byte[] audio,
            @ForAll long seed,
            @ForAll("nasty") char character,
            @ForAll @IntRange(max = 400) int position,
            @ForAll boolean insert)
            throws Exception {
        StringBuilder frame = new StringBuilder(COMPACT.writeValueAsString(media(audio, seed)));
        int at = position % frame.length();
        if (insert) {
            frame.insert(at, character);
        } else {
            frame.setCharAt(at, character);
        }

        agrees(frame.toString());
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnAnyText(@ForAll @StringLength(max = 200) String text) {
        agrees(text);
        agrees("{\"event\":\"media\",\"media\":{\"payload\":\"" + text + "\"}}");
    }

    @Property(tries = 300)
    void shouldSplicePayloadsThatStayOneJsonString(@ForAll @Size(min = 1, max = 400) byte[] audio) throws Exception {
        String payload = Base64.getEncoder().encodeToString(audio);

        assertThat(COMPACT.readTree(CarrierFrames.media("MZ1", payload))
                        .at("/media/payload")
                        .asText())
                .isEqualTo(payload);
    }

    @Provide
    Arbitrary<Character> nasty() {
        return Arbitraries.of('"', '\\', '{', '}', ',', ':', ' ', '\n', '\u0000', '=', '0', '-', 'x', '\u00e9', '[');
    }

    private static void agrees(String frame) {
        agrees(utf8(frame));
    }

    private static void agrees(byte[] frame) {
        String text = new String(frame, StandardCharsets.UTF_8);
        CarrierFrame scanned = scan(frame);
        if (scanned != null) {
            assertThat(CarrierFrames.parseFully(text)).isEqualTo(scanned);
        }
        assertThat(CarrierFrames.parse(new MediaScanner(), frame, frame.length))
                .isEqualTo(CarrierFrames.parseFully(text));
    }

    private static @Nullable CarrierFrame scan(byte[] frame) {
        return new MediaScanner().scan(frame, frame.length);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** A frame as documented, its members in any order. */
    private static Map<String, Object> media(byte[] audio, long seed) {
        Random random = new Random(seed);
        Map<String, Object> inner = shuffled(
                random,
                Map.of(
                        "track", "inbound",
                        "chunk", String.valueOf(random.nextInt(100_000)),
                        "timestamp", String.valueOf(random.nextInt(100_000)),
                        "payload", Base64.getEncoder().encodeToString(audio)));
        return shuffled(
                random,
                Map.of(
                        "event",
                        "media",
                        "sequenceNumber",
                        random.nextBoolean() ? "7" : (Object) 7,
                        "streamSid",
                        "MZd1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1",
                        "media",
                        inner));
    }

    private static Map<String, Object> mark(String name, long seed) {
        Random random = new Random(seed);
        return shuffled(
                random,
                Map.of(
                        "event", "mark",
                        "sequenceNumber", "7",
                        "streamSid", "MZd1d1d1d1d1d1d1d1d1d1d1d1d1d1d1d1",
                        "mark", Map.of("name", name)));
    }

    private static Map<String, Object> shuffled(Random random, Map<String, Object> members) {
        List<String> names = new ArrayList<>(members.keySet());
        Collections.sort(names);
        Collections.shuffle(names, random);
        Map<String, Object> result = new LinkedHashMap<>();
        names.forEach(name -> result.put(name, members.get(name)));
        return result;
    }
}
