package dev.throughline.platform.elevenlabs;

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
import java.util.Optional;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import net.jqwik.api.constraints.StringLength;

/** The full parser is the oracle: whatever the scanner answers, Jackson answers too. */
class AudioScannerPropertyTest {

    private static final ObjectMapper COMPACT = new ObjectMapper();
    private static final ObjectMapper INDENTED = new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

    @Property
    void shouldScanEveryWellFormedAudioMessage(
            @ForAll @Size(min = 1, max = 400) byte[] audio, @ForAll long seed, @ForAll boolean indented)
            throws Exception {
        byte[] frame = (indented ? INDENTED : COMPACT).writeValueAsBytes(audio(audio, seed));

        AgentEvent.Audio scanned = AudioScanner.scan(frame, frame.length);

        assertThat(scanned).isNotNull();
        assertThat(AgentEventParser.parseFully(frame, frame.length)).contains(scanned);
        assertThat(Base64.getDecoder().decode(scanned.base64())).isEqualTo(audio);
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnDamagedMessages(
            @ForAll @Size(min = 1, max = 60) byte[] audio,
            @ForAll long seed,
            @ForAll("nasty") char character,
            @ForAll @IntRange(max = 600) int position,
            @ForAll boolean insert)
            throws Exception {
        StringBuilder frame = new StringBuilder(COMPACT.writeValueAsString(audio(audio, seed)));
        int at = position % frame.length();
        if (insert) {
            frame.insert(at, character);
        } else {
            frame.setCharAt(at, character);
        }

        agrees(frame.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnDamagedBytes(
            @ForAll @Size(min = 1, max = 60) byte[] audio,
            @ForAll long seed,
            @ForAll byte damage,
            @ForAll @IntRange(max = 600) int position)
            throws Exception {
        byte[] frame = COMPACT.writeValueAsBytes(audio(audio, seed));
        frame[position % frame.length] = damage;

        agrees(frame);
    }

    @Property
    void shouldNeverDisagreeWithTheFullParserOnAnyText(@ForAll @StringLength(max = 200) String text) {
        agrees(text.getBytes(StandardCharsets.UTF_8));
        agrees(("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"" + text + "\"}}")
                .getBytes(StandardCharsets.UTF_8));
        agrees(("{\"type\":\"audio\",\"audio_event\":{\"audio_base_64\":\"AAAA\",\"x\":" + text + "}}")
                .getBytes(StandardCharsets.UTF_8));
    }

    @Provide
    Arbitrary<Character> nasty() {
        return Arbitraries.of(
                '"', '\\', '{', '}', ',', ':', ' ', '\n', '\u0000', '=', '0', '-', 'x', '\u00e9', '[', ']', '.', 'e');
    }

    private static void agrees(byte[] frame) {
        AgentEvent.Audio scanned = AudioScanner.scan(frame, frame.length);
        Optional<AgentEvent> parsed = AgentEventParser.parseFully(frame, frame.length);
        if (scanned != null) {
            assertThat(parsed).contains(scanned);
        }
        assertThat(AgentEventParser.parse(frame, frame.length)).isEqualTo(parsed);
    }

    /** A message as documented, with the optional members or without, in any order. */
    private static Map<String, Object> audio(byte[] audio, long seed) {
        Random random = new Random(seed);
        Map<String, Object> event = new LinkedHashMap<>();
        event.put("audio_base_64", Base64.getEncoder().encodeToString(audio));
        event.put("event_id", random.nextInt(100_000));
        if (random.nextBoolean()) {
            event.put(
                    "alignment",
                    Map.of(
                            "chars", List.of("H", "i", " "),
                            "char_start_times_ms", List.of(0, 60, 61.5),
                            "char_durations_ms", List.of(),
                            "nested", Map.of("deep", Map.of())));
            event.put("is_final", random.nextBoolean());
            event.put("later", null);
        }
        return shuffled(random, Map.of("type", "audio", "audio_event", shuffled(random, event), "x", -0.5));
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
