package dev.throughline.telephony.answer;

import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.VoiceTwiml;
import jakarta.inject.Singleton;
import org.jspecify.annotations.Nullable;

/** Replies as TwiML. */
@Singleton
public final class Replies {

    private static final String NOTHING_HEARD = "We did not hear anything. Goodbye.";

    private final PublicUrl publicUrl;
    private final AnswerConfig config;

    Replies(PublicUrl publicUrl, AnswerConfig config) {
        this.publicUrl = publicUrl;
        this.config = config;
    }

    /**
     * The TwiML.
     *
     * @param call whose call it is; null when it is nobody's, and then nobody would hear a message
     */
    public String twiml(Reply reply, @Nullable CallParties call) {
        return switch (reply) {
            case Reply.Say(String words) -> VoiceTwiml.sayAndHangUp(words);
            case Reply.Ring ring ->
                VoiceTwiml.ring(
                        ring.words(),
                        ring.whom(),
                        config.ringing(),
                        url(WebhookPaths.DIAL_ENDED),
                        publicUrl.repeated(WebhookPaths.TWILIO + WebhookPaths.DIAL_ANSWERED));
            case Reply.TakeMessage(String words) ->
                call == null
                        ? VoiceTwiml.sayAndHangUp(words)
                        : VoiceTwiml.takeMessage(
                                words,
                                config.longestMessage(),
                                url(WebhookPaths.MESSAGE_ENDED),
                                publicUrl.repeated(WebhookPaths.TWILIO + WebhookPaths.recording(call)),
                                NOTHING_HEARD);
            case Reply.Reject(boolean busy) -> VoiceTwiml.reject(busy);
        };
    }

    private String url(String path) {
        return publicUrl.of(WebhookPaths.TWILIO + path);
    }
}
