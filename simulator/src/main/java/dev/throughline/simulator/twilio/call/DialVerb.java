package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.audio.HeardAudio;
import dev.throughline.simulator.twilio.audio.Mixer;
import dev.throughline.simulator.twilio.audio.Recording;
import dev.throughline.simulator.twilio.audio.SlotClock;
import dev.throughline.simulator.twilio.recording.Recordings;
import dev.throughline.simulator.twilio.recording.StoredRecording;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * {@code <Dial>} to numbers, browsers and SIP addresses: all ring at once, the first that answers is kept. It hears its own TwiML
 * ({@code url}) first; then the two hear each other until one goes. Source: Twilio, <i>TwiML: Dial</i> and <i>Number</i>.
 */
final class DialVerb {

    private static final long MAX_MILLIS = 24 * 60 * 60 * 1000L;

    private final CallEnvironment environment;
    private final Legs legs;

    /** Starts the legs of a {@code <Dial>}. */
    @FunctionalInterface
    interface Legs {
        LiveCall dial(LiveCall parent, String from, DialNoun.Leg noun, int ringSeconds, DialBridge bridge, String url);
    }

    DialVerb(CallEnvironment environment, Legs legs) {
        this.environment = environment;
        this.legs = legs;
    }

    /** How a dial ended, for {@code action}. */
    private record Outcome(
            CallStatus status,
            boolean bridged,
            @Nullable LiveCall leg,
            @Nullable StoredRecording recording) {}

    Flow execute(LiveCall call, Verb.Dial dial, String url) throws CallInterrupted {
        Outcome outcome = outcome(call, dial, url);
        call.journal().event("dial", outcome.status().word());
        return dial.action() == null
                ? new Flow.Next()
                : VerbExecutor.goTo(WebhookKind.ACTION, dial.action(), dial.method(), url, result(outcome));
    }

    private Map<String, String> result(Outcome outcome) {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("DialCallStatus", outcome.status().word());
        LiveCall leg = outcome.leg();
        if (leg != null) {
            result.put("DialCallSid", leg.sid());
            if (leg.startTime() != null) {
                result.put("DialCallDuration", String.valueOf(leg.durationSeconds()));
            }
        }
        result.put("DialBridged", String.valueOf(outcome.bridged()));
        if (outcome.recording() != null) {
            result.put("RecordingUrl", environment.recordings().url(outcome.recording()));
            result.put("RecordingSid", outcome.recording().sid());
            result.put("RecordingDuration", String.valueOf(outcome.recording().seconds()));
        }
        return result;
    }

    private Outcome outcome(LiveCall call, Verb.Dial dial, String url) throws CallInterrupted {
        String from = callerId(call, dial);
        List<DialNoun.Leg> nouns = dial.nouns().stream()
                .filter(DialNoun.Leg.class::isInstance)
                .map(DialNoun.Leg.class::cast)
                .filter(noun -> canBeCalled(call, noun))
                .toList();
        if (from == null || nouns.isEmpty()) {
            return new Outcome(CallStatus.FAILED, false, null, null);
        }
        DialBridge bridge = new DialBridge();
        List<LiveCall> dialled = new ArrayList<>();
        try {
            nouns.forEach(noun -> dialled.add(legs.dial(call, from, noun, dial.timeoutSeconds(), bridge, url)));
            LiveCall leg = firstToAnswer(call, dialled);
            if (leg == null) {
                return new Outcome(dialled.getLast().status(), false, dialled.getLast(), null);
            }
            hangUp(dialled.stream().filter(each -> each != leg).toList(), "another leg was answered");
            call.await(CompletableFuture.anyOf(bridge.ready(), leg.over()), MAX_MILLIS);
            if (!bridge.ready().isDone()) {
                return new Outcome(CallStatus.COMPLETED, false, leg, null);
            }
            StoredRecording recording = talk(call, leg, dial, bridge, url);
            bridge.end();
            call.await(leg.over(), MAX_MILLIS);
            return new Outcome(CallStatus.COMPLETED, true, leg, recording);
        } finally {
            bridge.end();
            hangUp(dialled, "the dial is over");
        }
    }

    /** The leg that is kept; null when none answered. */
    private static @Nullable LiveCall firstToAnswer(LiveCall call, List<LiveCall> dialled) throws CallInterrupted {
        CompletableFuture<?>[] answers =
                dialled.stream().map(LiveCall::answered).toArray(CompletableFuture<?>[]::new);
        CompletableFuture<?>[] ends = dialled.stream().map(LiveCall::over).toArray(CompletableFuture<?>[]::new);
        call.await(
                CompletableFuture.anyOf(CompletableFuture.anyOf(answers), CompletableFuture.allOf(ends)), MAX_MILLIS);
        return dialled.stream()
                .filter(each -> each.answered().isDone())
                .findFirst()
                .orElse(null);
    }

    /** Until one of the two goes, the time is up or the caller presses the star; the recording when there is one. */
    private @Nullable StoredRecording talk(LiveCall call, LiveCall leg, Verb.Dial dial, DialBridge bridge, String url)
            throws CallInterrupted {
        call.answer();
        Mixer mixer = new Mixer((member, begins) -> {});
        Recording recording = new Recording();
        Instant start = Instant.now();
        if (dial.record()) {
            mixer.record(recording);
        }
        HeardAudio heardByCaller = new HeardAudio();
        HeardAudio heardByCallee = new HeardAudio();
        call.journal().audio(heardByCaller);
        leg.journal().audio(heardByCallee);
        var caller = mixer.join(call.audio(), heardByCaller);
        var callee = mixer.join(leg.audio(), heardByCallee);
        mixer.bringTogether();
        environment
                .streams()
                .vertx()
                .getOrCreateContext()
                .runOnContext(
                        nothing -> SlotClock.start(environment.streams().vertx(), mixer::isOpen, slot -> mixer.tick()));
        CompletableFuture<Void> star = new CompletableFuture<>();
        call.onKey(key -> {
            if (dial.hangupOnStar() && key.equals("*")) {
                star.complete(null);
            }
        });
        call.bridged(true);
        try {
            CompletableFuture<Object> end = CompletableFuture.anyOf(bridge.left(), star)
                    .completeOnTimeout("time limit", Math.max(1, dial.timeLimitSeconds()), TimeUnit.SECONDS);
            call.await(end, MAX_MILLIS);
        } finally {
            call.bridged(false);
            call.onKey(null);
            mixer.leave(caller);
            mixer.leave(callee);
            mixer.close();
        }
        return dial.record()
                ? environment
                        .recordings()
                        .keepOfCall(
                                call.sid(),
                                "DialVerb",
                                "both",
                                start,
                                recording.toBytes(),
                                new Recordings.Callback(
                                        VerbExecutor.absolute(dial.recordingCallback(), url), dial.recordingMethod()))
                : null;
    }

    private static void hangUp(List<LiveCall> dialled, String why) {
        dialled.forEach(each -> each.interrupt(new Interruption.HangUp(why)));
    }

    /** The number shown to who is called; null when Twilio would not allow it, which is reported. */
    private @Nullable String callerId(LiveCall call, Verb.Dial dial) {
        String asked = dial.callerId();
        boolean toPhone = dial.nouns().stream()
                .anyMatch(noun -> noun instanceof DialNoun.Leg leg && PhoneNumbers.isE164(leg.address()));
        if (asked == null) {
            if (toPhone && !PhoneNumbers.isE164(call.from()) && call.from().contains(":")) {
                return wrongCallerId(call, "a caller who is not a telephone needs a callerId to dial a number");
            }
            return call.from();
        }
        boolean known = asked.equals(call.from())
                || asked.equals(call.to())
                || environment.numbers().find(asked).isPresent();
        return known || !toPhone ? asked : wrongCallerId(call, "callerId is neither the account's nor the caller's");
    }

    private @Nullable String wrongCallerId(LiveCall call, String reason) {
        environment.violations().add("13214", call.sid(), "<Dial>: " + reason);
        return null;
    }

    private boolean canBeCalled(LiveCall call, DialNoun.Leg noun) {
        if (CallAddress.parse(noun.address()).isPresent()) {
            return true;
        }
        environment.violations().add("13223", call.sid(), "<Dial>: not a number in E.164, a client or a SIP address");
        return false;
    }
}
