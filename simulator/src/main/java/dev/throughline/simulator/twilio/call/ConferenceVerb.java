package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.conference.Conference;
import dev.throughline.simulator.twilio.conference.Departure;
import dev.throughline.simulator.twilio.conference.Participant;
import dev.throughline.simulator.twilio.conference.RefusedEntry;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/** {@code <Dial><Conference>}, and the stay of a leg that REST called into a room. */
final class ConferenceVerb {

    private static final long MAX_MILLIS = 24 * 60 * 60 * 1000L;

    private final CallEnvironment environment;

    ConferenceVerb(CallEnvironment environment) {
        this.environment = environment;
    }

    Flow execute(LiveCall call, Verb.Dial dial, DialNoun.Conference noun, String url) throws CallInterrupted {
        Map<String, String> result = new LinkedHashMap<>();
        result.put("DialCallStatus", enter(call, dial, resolved(noun, url)) ? "answered" : "failed");
        return dial.action() == null
                ? new Flow.Next()
                : VerbExecutor.goTo(WebhookKind.ACTION, dial.action(), dial.method(), url, result);
    }

    private boolean enter(LiveCall call, Verb.Dial dial, DialNoun.Conference noun) throws CallInterrupted {
        if (noun.room().isEmpty()) {
            environment.violations().add("13223", call.sid(), "<Conference> has no name");
            return false;
        }
        while (true) {
            Conference room = environment.rooms().room(noun.room());
            Optional<Participant> participant;
            try {
                participant = room.enter(call, noun);
            } catch (RefusedEntry e) {
                environment.violations().add(String.valueOf(e.code()), call.sid(), String.valueOf(e.getMessage()));
                return false;
            }
            if (participant.isPresent()) {
                stay(call, room, participant.get(), dial.hangupOnStar(), dial.timeLimitSeconds());
                return true;
            }
        }
    }

    /** The stay of a leg REST called: from its answer to its end. */
    void stayAsCalled(LiveCall call, Conference room, Participant participant) throws CallInterrupted {
        room.arrive(participant);
        stay(call, room, participant, false, 0);
    }

    private static void stay(LiveCall call, Conference room, Participant participant, boolean star, int seconds)
            throws CallInterrupted {
        CompletableFuture<Void> starred = new CompletableFuture<>();
        call.onKey(key -> {
            if (star && key.equals("*")) {
                starred.complete(null);
            }
        });
        call.onFarEnd((kind, text) -> room.tellOthers(participant, kind, text));
        CompletableFuture<Object> end = CompletableFuture.anyOf(participant.removed(), starred);
        if (seconds > 0) {
            end = end.completeOnTimeout("time limit", seconds, TimeUnit.SECONDS);
        }
        try {
            call.await(end, MAX_MILLIS);
            room.leave(participant, Departure.HUNG_UP, call.status().word());
        } catch (CallInterrupted e) {
            boolean moved = e.interruption() instanceof Interruption.Replace;
            room.leave(
                    participant,
                    moved ? Departure.MOVED : Departure.HUNG_UP,
                    (moved ? call.status() : CallStatus.COMPLETED).word());
            throw e;
        } finally {
            call.onKey(null);
            call.onFarEnd((kind, text) -> {});
        }
    }

    /** The noun with its addresses seen from its document. */
    private static DialNoun.Conference resolved(DialNoun.Conference noun, String url) {
        String waitUrl = noun.waitUrl();
        return new DialNoun.Conference(
                noun.room(),
                noun.startOnEnter(),
                noun.endOnExit(),
                noun.muted(),
                noun.beep(),
                noun.label(),
                waitUrl == null || waitUrl.isEmpty() ? waitUrl : VerbExecutor.absolute(waitUrl, url),
                noun.waitMethod(),
                noun.maxParticipants(),
                noun.coach(),
                noun.record(),
                VerbExecutor.absolute(noun.recordingCallback(), url),
                noun.recordingMethod(),
                VerbExecutor.absolute(noun.statusCallback(), url),
                noun.statusMethod(),
                noun.statusEvents());
    }
}
