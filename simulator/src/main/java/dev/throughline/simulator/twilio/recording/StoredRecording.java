package dev.throughline.simulator.twilio.recording;

import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.audio.MuLaw;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One finished recording.
 *
 * @param callSid null for a conference
 * @param conferenceSid null for a call
 * @param source {@code RecordVerb}, {@code DialVerb} or {@code Conference}
 * @param track what was recorded: {@code inbound} or {@code both}
 * @param audio raw mu-law
 */
public record StoredRecording(
        String sid,
        @Nullable String callSid,
        @Nullable String conferenceSid,
        String source,
        String track,
        Instant start,
        @SuppressWarnings("ArrayRecordComponent") byte[] audio) {

    /** Whole seconds; a recording that exists has at least one. */
    public long seconds() {
        return Math.max(1, Math.round(audio.length / (1_000.0 * MuLaw.BYTES_PER_MILLI)));
    }

    /** Where the media is, without an extension. */
    public String url(TwilioAccount account) {
        return "https://api.twilio.com" + account.path("Recordings/" + sid);
    }

    /** The form of the recording status callback. Source: Twilio, <i>TwiML: Record</i>, "recordingStatusCallback". */
    Map<String, String> callback(TwilioAccount account) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", account.sid());
        if (callSid != null) {
            form.put("CallSid", callSid);
        }
        if (conferenceSid != null) {
            form.put("ConferenceSid", conferenceSid);
        }
        form.put("RecordingSid", sid);
        form.put("RecordingUrl", url(account));
        form.put("RecordingStatus", "completed");
        form.put("RecordingDuration", String.valueOf(seconds()));
        form.put("RecordingChannels", "1");
        form.put("RecordingStartTime", String.valueOf(TwilioTime.rfc2822(start)));
        form.put("RecordingSource", source);
        form.put("RecordingTrack", track);
        form.put("ErrorCode", "0");
        return form;
    }

    JsonObject toRest(TwilioAccount account) {
        return new JsonObject()
                .put("account_sid", account.sid())
                .put("api_version", "2010-04-01")
                .put("call_sid", callSid)
                .put("conference_sid", conferenceSid)
                .put("date_created", TwilioTime.rfc2822(start))
                .put("date_updated", TwilioTime.rfc2822(start))
                .put("start_time", TwilioTime.rfc2822(start))
                .put("duration", String.valueOf(seconds()))
                .put("sid", sid)
                .putNull("price")
                .put("price_unit", "USD")
                .put("status", "completed")
                .put("channels", 1)
                .put("source", source)
                .put("track", track)
                .putNull("error_code")
                .putNull("encryption_details")
                .put("media_url", url(account))
                .put("uri", account.path("Recordings/" + sid + ".json"))
                .put("subresource_uris", new JsonObject());
    }
}
