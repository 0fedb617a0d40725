package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** All calls of this run: the newest 500 that ended and every live one, of which there are at most 1000. */
final class Calls {

    private static final int MAX_ENDED = 500;
    private static final int MAX_LIVE = 1000;

    private final CallEnvironment environment;
    private final CallForms forms;
    private final VerbExecutor executor;
    private final Callees callees;
    private final Map<String, LiveCall> bySid = new LinkedHashMap<>();

    Calls(CallEnvironment environment, Callees callees) {
        this.environment = environment;
        this.forms = new CallForms(environment.account().sid());
        this.callees = callees;
        this.executor = new VerbExecutor(environment, new StreamVerb(environment, forms), callees);
    }

    /** A person calls one of the account's numbers, which must have a VoiceUrl. */
    LiveCall customerCalls(String from, OwnNumber number, String voiceUrl, CallerScript script) {
        LiveCall call = new LiveCall(Sids.next("CA"), from, number.phoneNumber(), "inbound", number.sid());
        CallWebhooks webhooks = new CallWebhooks(
                new TwimlSource.Fetch(WebhookKind.VOICE, number.method("VoiceMethod"), voiceUrl, Map.of()),
                number.setting("VoiceFallbackUrl"),
                number.method("VoiceFallbackMethod"),
                number.setting("StatusCallback"),
                number.method("StatusCallbackMethod"),
                Set.of("completed"));
        start(call, webhooks, callees.at(from), script);
        return call;
    }

    /** The account calls a person. */
    LiveCall call(String from, String to, String numberSid, CallWebhooks webhooks) {
        LiveCall call = new LiveCall(Sids.next("CA"), from, to, "outbound-api", numberSid);
        Callees.Callee callee = callees.at(to);
        start(call, webhooks, callee, callee.script());
        return call;
    }

    synchronized Optional<LiveCall> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** Every call kept, newest first. */
    synchronized List<LiveCall> all() {
        return new ArrayList<>(bySid.values()).reversed();
    }

    private void start(LiveCall call, CallWebhooks webhooks, Callees.Callee callee, CallerScript script) {
        keep(call);
        Thread.ofVirtual()
                .name("call-" + call.sid())
                .start(new CallRunner(environment, forms, executor, call, webhooks, callee));
        Thread.ofVirtual().name("caller-" + call.sid()).start(new ScriptedCaller(call, script));
    }

    private synchronized void keep(LiveCall call) {
        long live =
                bySid.values().stream().filter(each -> !each.over().isDone()).count();
        if (live >= MAX_LIVE) {
            throw new IllegalStateException("more than " + MAX_LIVE + " calls at once");
        }
        if (bySid.size() - live >= MAX_ENDED) {
            bySid.values().stream()
                    .filter(each -> each.over().isDone())
                    .findFirst()
                    .ifPresent(oldest -> bySid.remove(oldest.sid()));
        }
        bySid.put(call.sid(), call);
    }
}
