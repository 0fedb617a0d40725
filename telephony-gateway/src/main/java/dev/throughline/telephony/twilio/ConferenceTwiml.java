package dev.throughline.telephony.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Conference;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Gather;
import com.twilio.twiml.voice.Redirect;
import com.twilio.twiml.voice.Say;
import java.time.Duration;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** TwiML of conference rooms and of asking a person by phone, as XML text. */
public final class ConferenceTwiml {

    /** What a room's callback is told of. Speech events would come at every word. */
    static final List<String> EVENTS = List.of("start", "end", "join", "leave", "mute", "hold");

    private static final List<Conference.Event> TWIML_EVENTS = List.of(
            Conference.Event.START,
            Conference.Event.END,
            Conference.Event.JOIN,
            Conference.Event.LEAVE,
            Conference.Event.MUTE,
            Conference.Event.HOLD);

    private ConferenceTwiml() {}

    /**
     * A leg's place in a room.
     *
     * @param room the room's name
     * @param label unique in the room
     * @param endsRoom whether the room ends for all when this leg leaves
     * @param callback told of everything in the room, absolute; only the first participant's counts
     * @param action asked for more TwiML once the leg has left the room, absolute; null = the call then ends
     * @param starLeaves whether the key * takes the leg out of the room
     * @param atMost how long the leg may stay
     */
    public record Seat(
            String room,
            String label,
            boolean endsRoom,
            boolean muted,
            String callback,
            @Nullable String action,
            boolean starLeaves,
            Duration atMost) {}

    /** Puts the leg into the room, without beeps and without music: an agent would hear both as speech. */
    public static String join(Seat seat) {
        return VoiceTwiml.xml(new VoiceResponse.Builder().dial(dial(seat)));
    }

    /** As {@link #join}, after a sentence. */
    public static String sayThenJoin(String words, Seat seat) {
        return VoiceTwiml.xml(
                new VoiceResponse.Builder().say(new Say.Builder(words).build()).dial(dial(seat)));
    }

    /**
     * Says something, twice at most, and waits for one key after each.
     *
     * @param answer told the key, absolute; asked without one when none was pressed
     * @param patience how long to wait for the key after the words, whole seconds
     */
    public static String ask(String words, String answer, Duration patience) {
        return VoiceTwiml.xml(new VoiceResponse.Builder()
                .gather(gather(words, answer, patience))
                .gather(gather(words, answer, patience))
                .redirect(new Redirect.Builder(answer).method(HttpMethod.POST).build()));
    }

    private static Gather gather(String words, String answer, Duration patience) {
        return new Gather.Builder()
                .inputs(Gather.Input.DTMF)
                .numDigits(1)
                .timeout((int) patience.toSeconds())
                .action(answer)
                .method(HttpMethod.POST)
                .say(new Say.Builder(words).build())
                .build();
    }

    private static Dial dial(Seat seat) {
        Conference conference = new Conference.Builder(seat.room())
                .participantLabel(seat.label())
                .startConferenceOnEnter(true)
                .endConferenceOnExit(seat.endsRoom())
                .muted(seat.muted())
                .beep(Conference.Beep.FALSE)
                .waitUrl("")
                .jitterBufferSize(Conference.JitterBufferSize.SMALL)
                .statusCallback(seat.callback())
                .statusCallbackMethod(HttpMethod.POST)
                .statusCallbackEvents(TWIML_EVENTS)
                .build();
        Dial.Builder dial = new Dial.Builder().conference(conference).timeLimit((int)
                seat.atMost().toSeconds());
        if (seat.action() != null) {
            dial.action(seat.action()).method(HttpMethod.POST);
        }
        if (seat.starLeaves()) {
            dial.hangupOnStar(true);
        }
        return dial.build();
    }
}
