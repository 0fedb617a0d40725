package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.twiml.Verb;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** {@code <Gather>} of keys: prompts, then waits for as many keys as asked for, a finishing key or the timeout. */
final class GatherVerb {

    private static final int LOOK_EVERY_MILLIS = 20;

    private GatherVerb() {}

    static Flow execute(LiveCall call, Verb.Gather gather, String url) throws CallInterrupted {
        call.digits().clear();
        for (Verb prompt : gather.prompt()) {
            if (!call.digits().isEmpty()) {
                break;
            }
            SpeechVerbs.prompt(call, prompt);
        }
        String digits = keys(call, gather);
        if (digits.isEmpty() && !gather.actionOnEmptyResult()) {
            return new Flow.Next();
        }
        return VerbExecutor.goTo(WebhookKind.ACTION, gather.action(), gather.method(), url, Map.of("Digits", digits));
    }

    private static String keys(LiveCall call, Verb.Gather gather) throws CallInterrupted {
        StringBuilder digits = new StringBuilder();
        long waitNanos = TimeUnit.SECONDS.toNanos(gather.timeoutSeconds());
        long deadline = System.nanoTime() + waitNanos;
        while (digits.length() < gather.maxDigits() && System.nanoTime() < deadline) {
            String digit = call.digits().poll();
            if (digit == null) {
                call.pause(LOOK_EVERY_MILLIS);
            } else if (gather.finishOnKey().contains(digit)) {
                break;
            } else {
                digits.append(digit);
                deadline = System.nanoTime() + waitNanos;
            }
        }
        return digits.toString();
    }
}
