package dev.throughline.telephony.twilio;

import com.twilio.rest.api.v2010.account.Recording;
import dev.throughline.platform.twilio.SendOutcome;
import dev.throughline.platform.twilio.TwilioRest;
import io.smallrye.mutiny.Uni;
import jakarta.inject.Singleton;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What Twilio knows of its recordings (Twilio, <i>Recordings resource</i>). Each request is made once, on a virtual thread; the outcome comes
 * on that thread and the {@link Uni} never fails.
 */
@Singleton
public final class RecordedCalls {

    private final TwilioRest twilio;

    RecordedCalls(TwilioRest twilio) {
        this.twilio = twilio;
    }

    /**
     * A message that was left with {@code <Record>}.
     *
     * @param callSid the leg it was left on
     */
    public record Message(String callSid, int durationSeconds) {}

    /** The message a recording holds; empty for a recording of anything else. One that Twilio does not know is refused with status 404. */
    public Uni<SendOutcome<Optional<Message>>> message(String recordingSid) {
        return twilio.send(client -> message(Recording.fetcher(recordingSid).fetch(client)));
    }

    private static Optional<Message> message(Recording recording) {
        String callSid = recording.getCallSid();
        return callSid == null || recording.getSource() != Recording.Source.RECORD_VERB
                ? Optional.empty()
                : Optional.of(new Message(callSid, seconds(recording.getDuration())));
    }

    private static int seconds(@Nullable String duration) {
        return duration != null && duration.matches("[0-9]{1,9}") ? Math.max(1, Integer.parseInt(duration)) : 1;
    }
}
