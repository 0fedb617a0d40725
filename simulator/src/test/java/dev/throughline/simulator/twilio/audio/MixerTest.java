package dev.throughline.simulator.twilio.audio;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MixerTest {

    private final List<String> speech = new ArrayList<>();
    private final Mixer mixer = new Mixer((member, begins) -> speech.add(begins ? "begins" : "stops"));

    private final LegAudio anna = new LegAudio();
    private final LegAudio ben = new LegAudio();
    private final LegAudio carl = new LegAudio();

    private final MixMember annaInside = mixer.join(anna, new HeardAudio());
    private final MixMember benInside = mixer.join(ben, new HeardAudio());
    private final MixMember carlInside = mixer.join(carl, new HeardAudio());

    @Test
    void shouldLetEverybodyHearAllOthersUnchangedAndNotHimself() {
        mixer.bringTogether();
        byte[] words = MuLaw.tone(440, 20);
        anna.voice().say(words);

        mixer.tick();

        assertThat(ben.recording().toBytes()).isEqualTo(words);
        assertThat(carl.recording().toBytes()).isEqualTo(words);
        assertThat(anna.recording().toBytes()).isEqualTo(MuLaw.silence(20));
    }

    @Test
    void shouldAddVoicesAndCutThemAtFullScale() {
        mixer.bringTogether();
        byte loud = MuLaw.encode(30_000);
        byte[] words = MuLaw.silence(20);
        words[0] = loud;
        words[1] = MuLaw.encode(1_000);
        anna.voice().say(words);
        ben.voice().say(words);

        mixer.tick();

        byte[] heard = carl.recording().toBytes();
        assertThat(heard[0]).isEqualTo(MuLaw.encode(32_767));
        assertThat(MuLaw.decode(heard[1])).isBetween(1_900, 2_100);
        assertThat(heard[2]).isEqualTo(MuLaw.SILENCE);
    }

    @Test
    void shouldNotLetAMutedMemberBeHeardNorAHeldOneHear() {
        mixer.bringTogether();
        annaInside.mute(true);
        benInside.hold(true);
        anna.voice().say(MuLaw.tone(440, 20));
        carl.voice().say(MuLaw.tone(880, 20));

        mixer.tick();

        assertThat(carl.recording().toBytes()).isEqualTo(MuLaw.silence(20));
        assertThat(ben.recording().toBytes()).isEqualTo(MuLaw.silence(20));
        assertThat(anna.recording().toBytes()).isEqualTo(MuLaw.tone(880, 20));
    }

    @Test
    void shouldLetOnlyTheCoachedHearTheCoach() {
        mixer.bringTogether();
        annaInside.coach(benInside);
        anna.voice().say(MuLaw.tone(440, 20));

        mixer.tick();

        assertThat(ben.recording().toBytes()).isEqualTo(MuLaw.tone(440, 20));
        assertThat(carl.recording().toBytes()).isEqualTo(MuLaw.silence(20));
    }

    @Test
    void shouldKeepMembersApartUntilTheRoomBegins() {
        annaInside.waitWithMusic(true);
        carl.voice().say(MuLaw.tone(440, 20));

        mixer.tick();

        assertThat(MuLaw.isSilent(anna.recording().toBytes())).isFalse();
        assertThat(ben.recording().toBytes()).isEqualTo(MuLaw.silence(20));
    }

    @Test
    void shouldTellWhoSpeaksUntilHalfASecondOfSilence() {
        mixer.bringTogether();
        carl.voice().say(MuLaw.tone(440, 40));

        for (int i = 0; i < 20; i++) {
            mixer.tick();
        }
        assertThat(speech).containsExactly("begins");
        for (int i = 0; i < 10; i++) {
            mixer.tick();
        }

        assertThat(speech).containsExactly("begins", "stops");
        assertThat(carlInside.isSpeaking()).isFalse();
    }

    @Test
    void shouldDecodeWhatItEncodes() {
        for (int each = 0; each < 256; each++) {
            byte encoded = (byte) each;
            byte again = MuLaw.encode(MuLaw.decode(encoded));
            assertThat(again).isEqualTo(encoded == 0x7F ? MuLaw.SILENCE : encoded);
        }
    }
}
