package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.net.URI;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Executes verbs one after another. */
final class VerbExecutor {

    private final CallEnvironment environment;
    private final StreamVerb streams;
    private final StreamForks forks;
    private final RecordVerb recorder;
    private final DialVerb dialler;
    private final ConferenceVerb conferences;

    VerbExecutor(
            CallEnvironment environment,
            CallForms forms,
            StreamForks forks,
            DialVerb dialler,
            ConferenceVerb conferences) {
        this.environment = environment;
        this.streams = new StreamVerb(environment, forms);
        this.forks = forks;
        this.recorder = new RecordVerb(environment, forms);
        this.dialler = dialler;
        this.conferences = conferences;
    }

    /** Does what {@code verb} says. {@code url} is where its document came from. */
    Flow execute(LiveCall call, Verb verb, String url) throws CallInterrupted {
        call.journal().event("verb", verb.getClass().getSimpleName());
        switch (verb) {
            case Verb.Say say -> SpeechVerbs.say(call, say);
            case Verb.Play play -> SpeechVerbs.play(call, play);
            case Verb.Pause pause -> SpeechVerbs.pause(call, pause);
            case Verb.StartStream start -> forks.start(call, start.stream(), url);
            case Verb.StopStream stop -> stop(call, stop);
            case Verb.Reject reject -> rejectedLate(call);
            case Verb.Message message -> passOver(call, "Message");
            case Verb.NotSimulated other -> passOver(call, other.name());
            case Verb.Gather gather -> {
                return GatherVerb.execute(call, gather, url);
            }
            case Verb.Record record -> {
                return recorder.execute(call, record, url);
            }
            case Verb.Dial dial -> {
                return dial(call, dial, url);
            }
            case Verb.Connect connect -> {
                return streams.execute(call, connect, url);
            }
            case Verb.Redirect redirect -> {
                return goTo(
                        WebhookKind.VOICE,
                        redirect.url().isEmpty() ? null : redirect.url(),
                        redirect.method(),
                        url,
                        Map.of());
            }
            case Verb.Hangup hangup -> {
                return new Flow.End(CallStatus.COMPLETED);
            }
        }
        return new Flow.Next();
    }

    private Flow dial(LiveCall call, Verb.Dial dial, String url) throws CallInterrupted {
        for (DialNoun noun : dial.nouns()) {
            if (noun instanceof DialNoun.Conference room) {
                return conferences.execute(call, dial, room, url);
            }
        }
        return dialler.execute(call, dial, url);
    }

    private void stop(LiveCall call, Verb.StopStream stop) {
        if (!StreamForks.stop(call, stop.name())) {
            environment.violations().add("12200", call.sid(), "<Stop>: there is no stream " + stop.name());
        }
    }

    private void rejectedLate(LiveCall call) {
        environment.violations().add("12200", call.sid(), "<Reject> must be the first verb; it was passed over");
    }

    private void passOver(LiveCall call, String verb) {
        environment.violations().add("not-simulated", call.sid(), "<" + verb + "> was passed over");
        call.journal().problem("<" + verb + "> is not simulated and was passed over");
    }

    /** The document at {@code target} (the document itself when null), which may be relative. */
    static Flow goTo(WebhookKind kind, @Nullable String target, String method, String url, Map<String, String> extra) {
        String absolute = absolute(target, url);
        return new Flow.GoTo(new TwimlSource.Fetch(kind, method, absolute == null ? url : absolute, extra));
    }

    /** {@code target} seen from the document at {@code url}; null stays null. */
    static @Nullable String absolute(@Nullable String target, String url) {
        return target == null || url.isEmpty()
                ? target
                : URI.create(url).resolve(target).toString();
    }

    /** Whether a document begins by rejecting the call, which then is never answered. */
    static @Nullable CallStatus rejection(List<Verb> verbs) {
        return !verbs.isEmpty() && verbs.getFirst() instanceof Verb.Reject reject
                ? reject.reason().equals("busy") ? CallStatus.BUSY : CallStatus.FAILED
                : null;
    }

    /** Whether the call is not answered for {@code verb}: it may still be rejected, or somebody must be found first. */
    static boolean leavesRinging(Verb verb) {
        return verb instanceof Verb.Redirect || (verb instanceof Verb.Dial dial && dial.answersLate());
    }
}
