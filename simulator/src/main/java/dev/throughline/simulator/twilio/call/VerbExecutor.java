package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** Executes verbs one after another, in something like real time. Speech takes 50 ms per character, at most 5 s. */
final class VerbExecutor {

    private static final int MILLIS_PER_CHARACTER = 50;
    private static final int MAX_SPEECH_MILLIS = 5_000;
    private static final int PLAY_MILLIS = 1_000;
    private static final int MAX_LOOPS = 10;

    private final CallEnvironment environment;
    private final StreamVerb streams;
    private final Callees callees;

    VerbExecutor(CallEnvironment environment, StreamVerb streams, Callees callees) {
        this.environment = environment;
        this.streams = streams;
        this.callees = callees;
    }

    /** Does what {@code verb} says. {@code url} is where its document came from. */
    Flow execute(LiveCall call, Verb verb, String url) throws CallInterrupted {
        call.journal().event("verb", verb.getClass().getSimpleName());
        return switch (verb) {
            case Verb.Say say -> spoken(call, say);
            case Verb.Play play -> played(call, play);
            case Verb.Pause pause -> {
                call.pause(TimeUnit.SECONDS.toMillis(pause.seconds()));
                yield new Flow.Next();
            }
            case Verb.Gather gather -> gather(call, gather, url);
            case Verb.Dial dial -> dial(call, dial, url);
            case Verb.Connect connect -> streams.execute(call, connect, url);
            case Verb.Redirect redirect ->
                goTo(
                        WebhookKind.VOICE,
                        redirect.url().isEmpty() ? null : redirect.url(),
                        redirect.method(),
                        url,
                        Map.of());
            case Verb.Reject reject -> rejectedLate(call);
            case Verb.Hangup hangup -> new Flow.End(CallStatus.COMPLETED);
            case Verb.Message message -> passOver(call, "Message");
            case Verb.NotSimulated other -> passOver(call, other.name());
        };
    }

    private Flow spoken(LiveCall call, Verb.Say say) throws CallInterrupted {
        for (int i = 0; i < loops(say.loop()); i++) {
            call.journal().spoken("say", say.text());
            long millis = Math.min((long) say.text().length() * MILLIS_PER_CHARACTER, MAX_SPEECH_MILLIS);
            hear(call, millis);
        }
        return new Flow.Next();
    }

    private Flow played(LiveCall call, Verb.Play play) throws CallInterrupted {
        for (int i = 0; i < loops(play.loop()); i++) {
            call.journal().spoken("play", play.url());
            hear(call, PLAY_MILLIS);
        }
        return new Flow.Next();
    }

    private static void hear(LiveCall call, long millis) throws CallInterrupted {
        call.ear().hearFor(millis);
        try {
            call.pause(millis);
        } catch (CallInterrupted e) {
            call.audio().cutOff();
            throw e;
        }
    }

    /** Keys pressed for the account, as tones the far end hears; {@code w} is half a second. */
    static void sendDigits(LiveCall call, String digits) throws CallInterrupted {
        call.journal().spoken("dtmf", digits);
        for (char each : digits.toCharArray()) {
            call.pause(each == 'w' || each == 'W' ? 500 : 100);
        }
    }

    private Flow gather(LiveCall call, Verb.Gather gather, String url) throws CallInterrupted {
        call.digits().clear();
        StringBuilder digits = new StringBuilder();
        for (Verb prompt : gather.prompt()) {
            if (!call.digits().isEmpty()) {
                break; // A key press ends the prompt.
            }
            execute(call, prompt, url);
        }
        long waitNanos = TimeUnit.SECONDS.toNanos(gather.timeoutSeconds());
        long deadline = System.nanoTime() + waitNanos;
        while (digits.length() < gather.maxDigits() && System.nanoTime() < deadline) {
            String digit = call.digits().poll();
            if (digit == null) {
                call.pause(50);
            } else if (gather.finishOnKey().contains(digit)) {
                break;
            } else {
                digits.append(digit);
                deadline = System.nanoTime() + waitNanos;
            }
        }
        if (digits.isEmpty() && !gather.actionOnEmptyResult()) {
            return new Flow.Next();
        }
        return goTo(WebhookKind.ACTION, gather.action(), gather.method(), url, Map.of("Digits", digits.toString()));
    }

    private Flow dial(LiveCall call, Verb.Dial dial, String url) throws CallInterrupted {
        Callees.Callee callee = callees.at(dial.number());
        Map<String, String> result = new LinkedHashMap<>();
        CallStatus outcome = callee.outcome();
        call.pause(Math.min(callee.ringMillis(), TimeUnit.SECONDS.toMillis(dial.timeoutSeconds())));
        if (outcome == CallStatus.COMPLETED) {
            call.pause(callee.talkMillis());
            result.put("DialCallDuration", String.valueOf(Math.max(1, callee.talkMillis() / 1000)));
        }
        call.journal().event("dial", outcome.word());
        result.put("DialCallStatus", outcome.word());
        result.put("DialCallSid", Sids.next("CA"));
        result.put("DialBridged", String.valueOf(outcome == CallStatus.COMPLETED));
        return dial.action() == null
                ? new Flow.Next()
                : goTo(WebhookKind.ACTION, dial.action(), dial.method(), url, result);
    }

    private Flow rejectedLate(LiveCall call) {
        environment.violations().add("12200", call.sid(), "<Reject> must be the first verb; it was passed over");
        return new Flow.Next();
    }

    private Flow passOver(LiveCall call, String verb) {
        environment.violations().add("not-simulated", call.sid(), "<" + verb + "> was passed over");
        call.journal().problem("<" + verb + "> is not simulated and was passed over");
        return new Flow.Next();
    }

    /** The document at {@code target} (the document itself when null), which may be relative. */
    static Flow goTo(WebhookKind kind, @Nullable String target, String method, String url, Map<String, String> extra) {
        String absolute = target == null
                ? url
                : url.isEmpty() ? target : URI.create(url).resolve(target).toString();
        return new Flow.GoTo(new TwimlSource.Fetch(kind, method, absolute, extra));
    }

    private static int loops(int asked) {
        return asked == 0 ? MAX_LOOPS : Math.min(asked, MAX_LOOPS);
    }

    /** Whether a document begins by rejecting the call, which then is never answered. */
    static @Nullable CallStatus rejection(List<Verb> verbs) {
        return !verbs.isEmpty() && verbs.getFirst() instanceof Verb.Reject reject
                ? reject.reason().equals("busy") ? CallStatus.BUSY : CallStatus.FAILED
                : null;
    }
}
