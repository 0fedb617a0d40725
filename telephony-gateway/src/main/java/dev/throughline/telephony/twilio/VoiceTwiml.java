package dev.throughline.telephony.twilio;

import com.twilio.http.HttpMethod;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Connect;
import com.twilio.twiml.voice.Dial;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Number;
import com.twilio.twiml.voice.Parameter;
import com.twilio.twiml.voice.Record;
import com.twilio.twiml.voice.Reject;
import com.twilio.twiml.voice.Say;
import com.twilio.twiml.voice.Stream;
import dev.throughline.events.tenant.Tenant;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** TwiML of voice calls (Twilio, <i>TwiML for Programmable Voice</i>), as XML text. */
public final class VoiceTwiml {

    /** Name plus value of a Parameter must stay under 500 characters (Twilio, <i>TwiML: Stream</i>). */
    private static final int PARAMETER_LIMIT = 500;

    private VoiceTwiml() {}

    /**
     * Whom to ring when the agent cannot answer.
     *
     * @param number E.164
     * @param callerId shown to {@code number}, E.164; null = the caller's own number, which Twilio takes by default
     */
    public record Fallback(String number, @Nullable String callerId) {

        /** Whom {@code tenant} wants rung for a caller; null when it names nobody. */
        public static @Nullable Fallback of(Tenant tenant, String from) {
            String number = tenant.settings().fallbackNumber();
            // A browser's or a hidden caller's address is no number to show.
            return number == null
                    ? null
                    : new Fallback(number, from.startsWith("+") ? null : tenant.twilioPhoneNumber());
        }
    }

    /**
     * Connects the call's audio to a socket, both ways.
     *
     * @param socketUrl wss, without a query: Twilio drops it
     * @param statusCallback absolute
     * @param action asked for more TwiML when the socket has closed, absolute
     * @param parameters reach the socket as {@code start.customParameters}
     * @throws IllegalArgumentException naming a parameter that is too long, see {@link #fitting}
     */
    public static String connectStream(
            String socketUrl, String statusCallback, String action, Map<String, String> parameters) {
        Stream.Builder stream = new Stream.Builder()
                .url(socketUrl)
                .statusCallback(statusCallback)
                .statusCallbackMethod(Stream.StatusCallbackMethod.POST);
        parameters.forEach((name, value) -> {
            if (name.length() + value.length() >= PARAMETER_LIMIT) {
                throw new IllegalArgumentException("the stream parameter " + name + " is too long");
            }
            stream.parameter(new Parameter.Builder().name(name).value(value).build());
        });
        Connect connect = new Connect.Builder()
                .action(action).method(HttpMethod.POST).stream(stream.build()).build();
        return xml(new VoiceResponse.Builder().connect(connect));
    }

    /** As much of {@code value} as fits into a parameter of this name. */
    public static String fitting(String name, String value) {
        int characters = PARAMETER_LIMIT - 1 - name.length();
        if (value.length() <= characters) {
            return value;
        }
        // Half a surrogate pair is no XML character.
        int end = Character.isHighSurrogate(value.charAt(characters - 1)) ? characters - 1 : characters;
        return value.substring(0, end);
    }

    /**
     * A value that may be too long for one parameter, as {@code name} and, where there is more, {@code name_2}; whoever reads it puts the
     * two together again.
     */
    public static Map<String, String> inTwo(String name, String value) {
        String first = fitting(name, value);
        return first.length() == value.length()
                ? Map.of(name, value)
                : Map.of(name, first, name + "_2", value.substring(first.length()));
    }

    /** Says a sentence and hangs up. */
    public static String sayAndHangUp(String words) {
        return xml(new VoiceResponse.Builder().say(say(words)).hangup(new Hangup.Builder().build()));
    }

    /**
     * Rings somebody.
     *
     * @param words spoken first; null = nothing
     * @param ringing how long; Twilio adds a few seconds of its own
     * @param action asked how the call goes on once nobody answered or the two are done, absolute
     * @param answered told when somebody answers, absolute
     */
    public static String ring(@Nullable String words, Fallback whom, Duration ringing, String action, String answered) {
        Number number = new Number.Builder(whom.number())
                .statusCallback(answered)
                .statusCallbackMethod(HttpMethod.POST)
                .statusCallbackEvents(Number.Event.ANSWERED)
                .build();
        Dial.Builder dial = new Dial.Builder()
                .number(number)
                .timeout((int) ringing.toSeconds())
                .action(action)
                .method(HttpMethod.POST);
        if (whom.callerId() != null) {
            dial.callerId(whom.callerId());
        }
        VoiceResponse.Builder response = new VoiceResponse.Builder();
        if (words != null) {
            response.say(say(words));
        }
        return xml(response.dial(dial.build()));
    }

    /**
     * Takes a voice message.
     *
     * @param longest the recording stops there
     * @param action asked for more TwiML when something was recorded, absolute; without one Twilio would begin again
     * @param callback told of the recording once it can be fetched, absolute
     * @param nothingHeard spoken to a caller who was silent
     */
    public static String takeMessage(
            String words, Duration longest, String action, String callback, String nothingHeard) {
        Record record = new Record.Builder()
                .maxLength((int) longest.toSeconds())
                .playBeep(true)
                .action(action)
                .method(HttpMethod.POST)
                .recordingStatusCallback(callback)
                .recordingStatusCallbackMethod(HttpMethod.POST)
                .build();
        return xml(new VoiceResponse.Builder()
                .say(say(words))
                .record(record)
                .say(say(nothingHeard))
                .hangup(new Hangup.Builder().build()));
    }

    /** Ends the call. */
    public static String hangUp() {
        return xml(new VoiceResponse.Builder().hangup(new Hangup.Builder().build()));
    }

    /** Never answers the call; the caller hears the busy tone, or that the number is not available. */
    public static String reject(boolean busy) {
        return xml(new VoiceResponse.Builder()
                .reject(new Reject.Builder()
                        .reason(busy ? Reject.Reason.BUSY : Reject.Reason.REJECTED)
                        .build()));
    }

    private static Say say(String words) {
        return new Say.Builder(words).build();
    }

    static String xml(VoiceResponse.Builder response) {
        try {
            return response.build().toXml();
        } catch (TwiMLException impossible) {
            throw new IllegalStateException("TwiML made of texts always serialises", impossible);
        }
    }
}
