package dev.throughline.simulator.twilio.conference;

import dev.throughline.simulator.twilio.audio.Mixer;
import dev.throughline.simulator.twilio.audio.Recording;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

/** Records a room from its start when the first participant to ask for it did so before. Guarded by its room. */
final class RoomRecorder {

    private final Recording recording = new Recording();
    private DialNoun.@Nullable Conference asked;
    private @Nullable Instant from;

    /** A participant came in with these wishes. */
    void consider(DialNoun.Conference options) {
        if (options.record() && asked == null) {
            asked = options;
        }
    }

    /** The room begins. */
    void begin(Mixer mixer) {
        if (asked != null) {
            from = Instant.now();
            mixer.record(recording);
        }
    }

    /** The room has ended: what was recorded is kept and told. */
    void end(String conferenceSid, Recordings recordings) {
        DialNoun.Conference options = asked;
        Instant start = from;
        if (options != null && start != null) {
            recordings.keepOfConference(
                    conferenceSid,
                    start,
                    recording.toBytes(),
                    new Recordings.Callback(options.recordingCallback(), options.recordingMethod()));
        }
    }
}
