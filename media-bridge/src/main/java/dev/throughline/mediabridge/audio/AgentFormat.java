package dev.throughline.mediabridge.audio;

import java.util.Locale;
import java.util.Optional;

/** The audio formats of an agent that this bridge can carry; Twilio's side is always 8 kHz mu-law. */
public enum AgentFormat {
    /** Same as Twilio's: frames pass through untouched. */
    ULAW_8000,
    /** 16-bit little-endian mono, 8 kHz. */
    PCM_8000,
    /** 16-bit little-endian mono, 16 kHz: what an agent has unless told otherwise. */
    PCM_16000;

    /** What to do about an agent with another one, in a sentence for an operator. */
    public static final String CURE =
            "set the agent's agent_output_audio_format and user_input_audio_format to ulaw_8000";

    /** The format by its wire name, for example {@code ulaw_8000}; empty for one that is not carried. */
    public static Optional<AgentFormat> of(String wireName) {
        for (AgentFormat format : values()) {
            if (format.wireName().equals(wireName)) {
                return Optional.of(format);
            }
        }
        return Optional.empty();
    }

    /** As ElevenLabs writes it in {@code conversation_initiation_metadata}. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
