package dev.throughline.simulator.speech;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AgentVoiceTest {

    private final AgentVoice voice = new AgentVoice(SpeechClips.load());

    @Test
    void shouldSpeakAnySentenceWithItsFiguresAndTimes() {
        AgentVoice.Speech speech = voice.say("On Tuesday I have 9:00, 10:30 or one o'clock. It costs 120 euros.");
        assertThat(speech.parts())
                .extracting(AgentVoice.SpokenPart::words)
                .contains("tuesday", "nine", "o'clock", "thirty", "hundred");
        assertThat(speech.durationMillis()).isBetween(4000, 15_000);
    }

    @Test
    void shouldPreferAWholePhraseToItsWords() {
        assertThat(voice.say("How can I help?").parts()).hasSize(1);
    }

    @Test
    void shouldSpellAWordThatWasNeverRecorded() {
        assertThat(voice.say("Zyx").audio().length).isGreaterThan(3 * 8 * 150);
    }

    @Test
    void shouldKnowWhatWasHeardBeforeItWasCutShort() {
        AgentVoice.Speech speech = voice.say("On Tuesday I have nine o'clock or one o'clock.");
        assertThat(speech.heardWithin(0)).isEmpty();
        assertThat(speech.heardWithin(speech.parts().get(1).endByte())).isEqualTo("On Tuesday");
        assertThat(speech.heardWithin(speech.audio().length)).isEqualTo(speech.text());
    }

    @Test
    void shouldWriteDownWhatACallerHeard() {
        AgentVoice.Speech speech = voice.say("Hello, this is Harbour Salon. How can I help?");
        assertThat(new AgentTranscriber(SpeechClips.load()).transcribe(speech.audio()))
                .isEqualTo("Hello, this is Harbour Salon How can I help?");
    }

    @Test
    void shouldSayADayOfTheMonthAndTellItFromItsLikes() {
        AgentVoice.Speech speech = voice.say("I have Tuesday the 24th at eleven o'clock, or the 30th, or the 2nd.");
        assertThat(new AgentTranscriber(SpeechClips.load()).transcribe(speech.audio()))
                .isEqualToIgnoringCase(
                        "i have tuesday the twenty fourth at eleven o'clock or the thirtieth or the second");
    }
}
