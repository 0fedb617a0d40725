package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.audio.MuLaw;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.recording.StoredRecording;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.Webhook;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.io.ByteArrayOutputStream;
import java.time.Instant;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Record>}: takes what the far end says until a key, silence, the longest time or a hang-up. Nothing said: the next verb,
 * without a recording. A caller who hangs up is told to {@code action} all the same, with {@code Digits=hangup}. Source: Twilio,
 * <i>TwiML: Record</i>.
 */
final class RecordVerb {

    private static final long BEEP_MILLIS = 300;
    private static final int MAX_SECONDS = 600;
    /** Silence at the ends that trimming leaves. */
    private static final int SOME_SILENCE_BYTES = 200 * MuLaw.BYTES_PER_MILLI;

    private final CallEnvironment environment;
    private final CallForms forms;

    RecordVerb(CallEnvironment environment, CallForms forms) {
        this.environment = environment;
        this.forms = forms;
    }

    /** What is being taken down. */
    private static final class Tape {
        private final Instant start = Instant.now();
        private final ByteArrayOutputStream audio = new ByteArrayOutputStream();
        private String endedBy = "";
        private int firstVoice = -1;
        private int lastVoice;

        private void add(byte @Nullable [] frame) {
            boolean voice = frame != null && !MuLaw.isSilent(frame);
            audio.writeBytes(frame == null ? MuLaw.silence(MuLaw.FRAME_MILLIS) : frame);
            if (voice) {
                firstVoice = firstVoice < 0 ? audio.size() - MuLaw.FRAME_BYTES : firstVoice;
                lastVoice = audio.size();
            }
        }

        private boolean isEmpty() {
            return firstVoice < 0;
        }

        private long silentMillis() {
            return (audio.size() - lastVoice) / MuLaw.BYTES_PER_MILLI;
        }

        private byte[] audio(boolean trim) {
            byte[] all = audio.toByteArray();
            return trim
                    ? Arrays.copyOfRange(
                            all,
                            Math.max(0, firstVoice - SOME_SILENCE_BYTES),
                            Math.min(all.length, lastVoice + SOME_SILENCE_BYTES))
                    : all;
        }
    }

    Flow execute(LiveCall call, Verb.Record record, String url) throws CallInterrupted {
        if (record.beep()) {
            call.journal().spoken("beep", "beep");
            call.ear().hearFor(BEEP_MILLIS);
            call.pause(BEEP_MILLIS);
        }
        Tape tape = new Tape();
        call.digits().clear();
        call.audio().listen();
        try {
            take(call, record, tape);
        } catch (CallInterrupted e) {
            if (e.interruption() instanceof Interruption.HangUp && !tape.isEmpty()) {
                tape.endedBy = "hangup";
                afterHangUp(call, record, tape, url);
            }
            throw e;
        } finally {
            call.audio().unlisten();
        }
        if (tape.isEmpty()) {
            call.journal().event("record", "nothing was said");
            return new Flow.Next();
        }
        return VerbExecutor.goTo(
                WebhookKind.ACTION, record.action(), record.method(), url, keep(call, record, tape, url));
    }

    /** Frame by frame against absolute deadlines. */
    private static void take(LiveCall call, Verb.Record record, Tape tape) throws CallInterrupted {
        long limitMillis = TimeUnit.SECONDS.toMillis(Math.min(record.maxSeconds(), MAX_SECONDS));
        long slotNanos = TimeUnit.MILLISECONDS.toNanos(MuLaw.FRAME_MILLIS);
        long due = System.nanoTime() + slotNanos;
        for (long at = 0; at < limitMillis; at += MuLaw.FRAME_MILLIS) {
            long waitMillis = TimeUnit.NANOSECONDS.toMillis(due - System.nanoTime());
            if (waitMillis > 0) {
                call.pause(waitMillis);
            } else {
                call.checkInterrupted();
            }
            due += slotNanos;
            tape.add(call.audio().nextFrame());
            String key = call.digits().poll();
            if (key != null && record.finishOnKey().contains(key)) {
                tape.endedBy = key;
                return;
            }
            if (tape.silentMillis() >= TimeUnit.SECONDS.toMillis(record.timeoutSeconds())) {
                return;
            }
        }
    }

    private Map<String, String> keep(LiveCall call, Verb.Record record, Tape tape, String url) {
        StoredRecording recording = environment
                .recordings()
                .keepOfCall(
                        call.sid(),
                        "RecordVerb",
                        "inbound",
                        tape.start,
                        tape.audio(record.trim()),
                        new Recordings.Callback(
                                VerbExecutor.absolute(record.recordingCallback(), url), record.recordingMethod()));
        call.journal().event("recording", recording.sid() + " " + recording.seconds() + " s");
        Map<String, String> result = new LinkedHashMap<>();
        result.put("RecordingUrl", environment.recordings().url(recording));
        result.put("RecordingSid", recording.sid());
        result.put("RecordingDuration", String.valueOf(recording.seconds()));
        result.put("Digits", tape.endedBy);
        return result;
    }

    private void afterHangUp(LiveCall call, Verb.Record record, Tape tape, String url) {
        Map<String, String> form = forms.ended(call);
        form.putAll(keep(call, record, tape, url));
        String action = VerbExecutor.absolute(record.action(), url);
        String target = action == null ? url : action;
        if (!target.isEmpty()) {
            environment.webhooks().callBack(new Webhook(WebhookKind.ACTION, record.method(), target, form, call.sid()));
        }
    }
}
