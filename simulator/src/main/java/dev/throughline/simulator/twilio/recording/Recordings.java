package dev.throughline.simulator.twilio.recording;

import dev.throughline.simulator.twilio.account.DateFilter;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.audio.WavFile;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.twilio.webhook.WebhookSender;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The newest 200 recordings of this run, and the Recordings resource over them. */
public final class Recordings {

    private static final int MAX = 200;

    private final TwilioAccount account;
    private final WebhookSender webhooks;
    private final Map<String, StoredRecording> bySid = new LinkedHashMap<>();

    public Recordings(TwilioAccount account, WebhookSender webhooks) {
        this.account = account;
        this.webhooks = webhooks;
    }

    /** Where a recording is told about; null tells nobody. */
    public record Callback(@Nullable String url, String method) {}

    /** Keeps what was recorded on a call and tells the callback. */
    public StoredRecording keepOfCall(
            String callSid, String source, String track, Instant start, byte[] audio, Callback callback) {
        return keep(
                new StoredRecording(Sids.next("RE"), callSid, null, source, track, start, audio), callSid, callback);
    }

    /** Keeps what was recorded in a conference and tells the callback. */
    public StoredRecording keepOfConference(String conferenceSid, Instant start, byte[] audio, Callback callback) {
        return keep(
                new StoredRecording(Sids.next("RE"), null, conferenceSid, "Conference", "both", start, audio),
                conferenceSid,
                callback);
    }

    /** Where the media of {@code recording} is. */
    public String url(StoredRecording recording) {
        return recording.url(account);
    }

    /** {@code GET Recordings/{sid}.json}. */
    public JsonObject fetch(String sid) {
        return get(sid).toRest(account);
    }

    /** {@code GET Recordings/{sid}.wav}: 16-bit PCM. */
    public byte[] media(String sid) {
        return WavFile.pcmOfMuLaw(get(sid).audio());
    }

    /** {@code GET Recordings.json}, newest first, with the filters {@code CallSid}, {@code ConferenceSid} and {@code DateCreated}. */
    public synchronized JsonObject list(MultiMap query) {
        List<JsonObject> found = new ArrayList<>(bySid.values())
                .reversed().stream()
                        .filter(each -> matches(query.get("CallSid"), each.callSid()))
                        .filter(each -> matches(query.get("ConferenceSid"), each.conferenceSid()))
                        .filter(each -> DateFilter.fits(query, "DateCreated", each.start()))
                        .map(each -> each.toRest(account))
                        .toList();
        return RestPage.of(account, "Recordings", "recordings", found);
    }

    /** {@code DELETE Recordings/{sid}.json}. */
    public synchronized void delete(String sid) {
        get(sid);
        bySid.remove(sid);
    }

    private synchronized StoredRecording keep(StoredRecording recording, String subject, Callback callback) {
        if (bySid.size() == MAX) {
            bySid.remove(bySid.keySet().iterator().next());
        }
        bySid.put(recording.sid(), recording);
        if (callback.url() != null) {
            webhooks.callBack(new Webhook(
                    WebhookKind.RECORDING_STATUS,
                    callback.method(),
                    callback.url(),
                    recording.callback(account),
                    subject));
        }
        return recording;
    }

    private synchronized StoredRecording get(String sid) {
        StoredRecording recording = bySid.get(sid);
        if (recording == null) {
            throw TwilioError.notFound(account.path("Recordings/" + sid + ".json"));
        }
        return recording;
    }

    private static boolean matches(@Nullable String wanted, @Nullable String value) {
        return wanted == null || wanted.equals(value);
    }
}
