package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.LegAudio;

/** A call leg as a conference sees it. */
public interface ConferenceLeg {

    String sid();

    LegAudio audio();

    /** The call's status in Twilio's words. */
    String statusWord();

    /** From now on {@code heard} keeps what the leg hears. */
    void hears(HeardAudio heard);

    /** Text the leg hears without audio. */
    void told(String kind, String text);

    /** Whether the leg can hear others now. */
    void bridged(boolean together);

    /** Ends the call. */
    void hangUp(String why);
}
