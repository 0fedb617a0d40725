package dev.throughline.simulator.speech;

import static org.assertj.core.api.Assertions.assertThat;

import dev.throughline.simulator.speech.SpeechRecogniser.Heard;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class SpeechRecogniserTest {

    private static final int FRAME = 160;

    static Stream<SpeechClip> callerClips() {
        return SpeechClips.load().caller().stream();
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldRecogniseEveryClipThatCameThroughUnchanged(SpeechClip clip) {
        assertThat(listen(clip.audio(), FRAME))
                .extracting(Recognition::transcript)
                .containsExactly(clip.text());
    }

    @Property(tries = 40)
    void shouldNotDependOnFramingOrOnWhereTheSpeechBegins(
            @ForAll @IntRange(min = 1, max = 5000) int chunk, @ForAll @IntRange(max = 3000) int lead) {
        byte[] audio = concat(AgentVoice.silence(lead), SpeechClips.load().callerAudio("second-one-please"));
        assertThat(listen(audio, chunk)).extracting(Recognition::clipId).containsExactly("second-one-please");
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldForgiveOneLostFrame(SpeechClip clip) {
        byte[] lossy = withoutFrames(clip.audio(), clip.audio().length / FRAME / 2);
        assertThat(listen(lossy, FRAME)).extracting(Recognition::clipId).containsExactly(clip.id());
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldNotRecogniseAClipThatLostEveryFifthFrame(SpeechClip clip) {
        int[] lost = java.util.stream.IntStream.range(0, clip.audio().length / FRAME)
                .filter(frame -> frame % 5 == 2)
                .toArray();
        assertUnintelligible(withoutFrames(clip.audio(), lost));
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldNotRecogniseSwappedBytes(SpeechClip clip) {
        byte[] swapped = clip.audio().clone();
        for (int i = 0; i + 1 < swapped.length; i += 2) {
            byte first = swapped[i];
            swapped[i] = swapped[i + 1];
            swapped[i + 1] = first;
        }
        assertNotUnderstoodAs(clip, swapped);
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldNotRecogniseReversedFrameOrder(SpeechClip clip) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int at = clip.audio().length / FRAME * FRAME - FRAME; at >= 0; at -= FRAME) {
            out.write(clip.audio(), at, FRAME);
        }
        assertNotUnderstoodAs(clip, out.toByteArray());
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldNotRecogniseAnotherCodec(SpeechClip clip) {
        assertNotUnderstoodAs(clip, mapped(clip.audio(), code -> (byte) (code ^ 0x55)));
        byte[] pcm =
                AudioFormat.named("pcm_8000").orElseThrow().encoderFromMulaw().apply(clip.audio());
        assertNotUnderstoodAs(clip, pcm);
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldNotRecogniseAudioResampledTwiceWithNoise(SpeechClip clip) {
        short[] samples = Mulaw.decode(clip.audio());
        for (int pass = 0; pass < 2; pass++) {
            samples = nearest(nearest(samples, 8000, 5512), 5512, 8000);
        }
        double level = 0.5 * ClipMatcher.rms(samples, 0, samples.length);
        Random random = new Random(7);
        for (int i = 0; i < samples.length; i++) {
            samples[i] = (short) Math.max(-32000, Math.min(32000, samples[i] + random.nextGaussian() * level));
        }
        assertNotUnderstoodAs(clip, Mulaw.encode(samples));
    }

    @ParameterizedTest
    @MethodSource("callerClips")
    void shouldRecogniseAClipCarriedAsPcm16ByAProperResampler(SpeechClip clip) {
        AudioFormat format = AudioFormat.named("pcm_16000").orElseThrow();
        byte[] audio = concat(clip.audio(), AgentVoice.silence(8000));
        short[] received = format.decoder().apply(format.encoderFromMulaw().apply(audio));
        assertThat(recognitions(SpeechRecogniser.forResampledAudio().accept(received)))
                .extracting(Recognition::clipId)
                .containsExactly(clip.id());
    }

    @Test
    void shouldSeparateTwoUtterancesBySilence() {
        SpeechClips clips = SpeechClips.load();
        byte[] both =
                concat(concat(clips.callerAudio("hello"), AgentVoice.silence(6400)), clips.callerAudio("yes-please"));
        assertThat(listen(both, FRAME)).extracting(Recognition::clipId).containsExactly("hello", "yes-please");
    }

    @Test
    void shouldHearNothingInSilence() {
        assertThat(listen(AgentVoice.silence(80_000), FRAME)).isEmpty();
    }

    @Test
    void shouldTellThatTheCallerBeganBeforeTheUtteranceEnds() {
        SpeechRecogniser recogniser = SpeechRecogniser.strict();
        short[] begin =
                Mulaw.decode(java.util.Arrays.copyOf(SpeechClips.load().callerAudio("second-one-please"), 3200));
        assertThat(recogniser.accept(begin)).containsExactly(new Heard.SpeechStarted());
        assertThat(recogniser.speaking()).isTrue();
    }

    private static void assertUnintelligible(byte[] audio) {
        assertThat(listen(audio, FRAME)).isNotEmpty().allSatisfy(heard -> assertThat(heard.transcript())
                .isEqualTo(Recognition.UNINTELLIGIBLE));
    }

    private static void assertNotUnderstoodAs(SpeechClip clip, byte[] audio) {
        assertThat(listen(audio, FRAME)).isNotEmpty().allSatisfy(heard -> assertThat(heard.understood())
                .as(heard.finding())
                .isFalse());
    }

    private static List<Recognition> listen(byte[] audio, int chunk) {
        SpeechRecogniser recogniser = SpeechRecogniser.strict();
        byte[] all = concat(audio, AgentVoice.silence(8000));
        List<Heard> events = new ArrayList<>();
        for (int at = 0; at < all.length; at += chunk) {
            events.addAll(recogniser.accept(
                    Mulaw.decode(java.util.Arrays.copyOfRange(all, at, Math.min(all.length, at + chunk)))));
        }
        return recognitions(events);
    }

    private static List<Recognition> recognitions(List<Heard> events) {
        return events.stream()
                .filter(Heard.UtteranceEnded.class::isInstance)
                .map(event -> ((Heard.UtteranceEnded) event).recognition())
                .toList();
    }

    private static byte[] withoutFrames(byte[] audio, int... lost) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int frame = 0; frame * FRAME < audio.length; frame++) {
            int number = frame;
            if (java.util.Arrays.stream(lost).noneMatch(one -> one == number)) {
                out.write(audio, frame * FRAME, Math.min(FRAME, audio.length - frame * FRAME));
            }
        }
        return out.toByteArray();
    }

    private static byte[] mapped(byte[] audio, UnaryOperator<Byte> change) {
        byte[] out = audio.clone();
        for (int i = 0; i < out.length; i++) {
            out[i] = change.apply(out[i]);
        }
        return out;
    }

    private static short[] nearest(short[] samples, int from, int to) {
        short[] out = new short[(int) ((long) samples.length * to / from)];
        for (int i = 0; i < out.length; i++) {
            out[i] = samples[(int) ((long) i * from / to)];
        }
        return out;
    }

    private static byte[] concat(byte[] first, byte[] second) {
        byte[] both = java.util.Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
