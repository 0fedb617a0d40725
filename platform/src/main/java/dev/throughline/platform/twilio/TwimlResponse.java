package dev.throughline.platform.twilio;

import com.twilio.twiml.TwiML;
import com.twilio.twiml.TwiMLException;
import com.twilio.twiml.VoiceResponse;
import com.twilio.twiml.voice.Hangup;
import com.twilio.twiml.voice.Say;
import jakarta.ws.rs.core.Response;

/** Answers to Twilio's webhooks: 200 {@code text/xml} in UTF-8, as Twilio's own libraries send it. */
public final class TwimlResponse {

    private static final String TEXT_XML = "text/xml;charset=UTF-8";
    private static final String EMPTY = "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>";

    private TwimlResponse() {}

    /** The TwiML as a response. */
    public static Response of(TwiML twiml) {
        try {
            return xml(twiml.toXml());
        } catch (TwiMLException e) {
            throw new IllegalStateException("the TwiML cannot be written", e);
        }
    }

    /** TwiML that is already text. */
    public static Response xml(String twiml) {
        return Response.ok(twiml, TEXT_XML).build();
    }

    /** {@code <Response/>}: nothing more to do. */
    public static Response empty() {
        return xml(EMPTY);
    }

    /** Says one sentence and hangs up. */
    public static Response sayAndHangUp(String sentence) {
        return of(new VoiceResponse.Builder()
                .say(new Say.Builder(sentence).build())
                .hangup(new Hangup.Builder().build())
                .build());
    }
}
