package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.VoiceResource;
import dev.throughline.simulator.twilio.audio.LegAudio;
import dev.throughline.simulator.twilio.twiml.DialNoun;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import io.vertx.core.json.JsonObject;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All calls of this run: the newest 500 that ended and every live one, of which there are at most 1000. */
final class Calls {

    private static final int MAX_ENDED = 500;
    private static final int MAX_LIVE = 1000;

    private final CallEnvironment environment;
    private final CallForms forms;
    private final StreamForks forks;
    private final VerbExecutor executor;
    private final Callees callees;
    private final CallPace pace = new CallPace();
    private final Map<String, LiveCall> bySid = new LinkedHashMap<>();

    Calls(CallEnvironment environment, Callees callees) {
        this.environment = environment;
        this.forms = new CallForms(environment.account().sid());
        this.callees = callees;
        this.forks = new StreamForks(environment, forms);
        this.executor = new VerbExecutor(
                environment, forms, forks, new DialVerb(environment, this::dial), new ConferenceVerb(environment));
    }

    /** Somebody calls us. */
    LiveCall comesIn(CallFacts facts, CallWebhooks webhooks, CallerScript script) {
        LiveCall call = new LiveCall(facts);
        start(call, new CallPlan(webhooks, CallOptions.NONE, new Destination.Caller()), script);
        return call;
    }

    /** The account calls somebody through REST, when its turn has come. Throws {@link TwilioError} when too many calls live. */
    LiveCall call(String from, CallAddress to, CallWebhooks webhooks, CallOptions options) {
        LiveCall call = prepare(from, to);
        place(call, to, webhooks, options);
        return call;
    }

    /** A call of the account that is not placed yet. */
    LiveCall prepare(String from, CallAddress to) {
        if (!pace.allows(live())) {
            throw new TwilioError(400, 10004, "Call concurrency limit exceeded");
        }
        LiveCall call = new LiveCall(facts(Sids.next("CA"), from, to.written(), CallFacts.OUTBOUND_API, null));
        call.queueMillis(pace.take());
        return call;
    }

    /** Places a prepared call. */
    void place(LiveCall call, CallAddress to, CallWebhooks webhooks, CallOptions options) {
        Destination destination = destination(to);
        start(call, new CallPlan(webhooks, options, destination), script(destination));
    }

    /** A leg of {@code parent}'s {@code <Dial>}; it hears its own TwiML, if any, and then waits at {@code bridge}. */
    LiveCall dial(
            LiveCall parent, String from, DialNoun.Leg noun, int ringSeconds, DialBridge bridge, String documentUrl) {
        CallAddress to = CallAddress.parse(noun.address()).orElseThrow();
        LiveCall call = new LiveCall(facts(Sids.next("CA"), from, to.written(), CallFacts.OUTBOUND_DIAL, parent.sid()));
        TwimlSource join = new TwimlSource.Join(bridge);
        String own = VerbExecutor.absolute(noun.url(), documentUrl);
        CallWebhooks webhooks = new CallWebhooks(
                own == null ? join : new TwimlSource.Fetch(WebhookKind.VOICE, noun.method(), own, Map.of()),
                null,
                "POST",
                VerbExecutor.absolute(noun.statusCallback(), documentUrl),
                noun.statusMethod(),
                noun.statusEvents(),
                own == null ? null : join);
        String mode = noun.machineDetection();
        MachineDetection detection = mode == null
                ? null
                : new MachineDetection(
                        mode.equals("DetectMessageEnd"),
                        true,
                        VerbExecutor.absolute(noun.amdCallback(), documentUrl),
                        noun.amdMethod(),
                        30);
        Callees.Callee callee = callees.at(to.written());
        start(
                call,
                new CallPlan(
                        webhooks,
                        new CallOptions(ringSeconds, 0, noun.sendDigits(), detection),
                        new Destination.Person(callee)),
                callee.dialledScript());
        return call;
    }

    StreamForks forks() {
        return forks;
    }

    /** The leg at the far end of {@code caller}, which executes what the app says. */
    LiveCall callApp(LiveCall caller, Destination.App target, String voiceUrl) {
        VoiceResource app = target.app();
        LiveCall call = new LiveCall(new CallFacts(
                Sids.next("CA"), caller.from(), "app:" + app.sid(), CallFacts.INBOUND, null, null, app.sid()));
        LegAudio.cross(caller.audio(), call.audio());
        call.onSaid(caller::farEndSays);
        start(
                call,
                new CallPlan(
                        appWebhooks(app, voiceUrl, target.parameters()), CallOptions.NONE, new Destination.Caller()),
                CallerScript.silent());
        return call;
    }

    /** {@code {"callsPerSecond","concurrentCalls"}}. */
    JsonObject limit(JsonObject limits) {
        return pace.set(limits);
    }

    synchronized Optional<LiveCall> find(String sid) {
        return Optional.ofNullable(bySid.get(sid));
    }

    /** Every call kept, newest first. */
    synchronized List<LiveCall> all() {
        return new ArrayList<>(bySid.values()).reversed();
    }

    private CallFacts facts(String sid, String from, String to, String direction, @Nullable String parentSid) {
        String numberSid = environment.numbers().find(from).map(OwnNumber::sid).orElse(null);
        return new CallFacts(sid, from, to, direction, numberSid, parentSid, null);
    }

    /** Callbacks of a call to an app. */
    static CallWebhooks appWebhooks(VoiceResource app, String voiceUrl, Map<String, String> parameters) {
        return new CallWebhooks(
                new TwimlSource.Fetch(WebhookKind.VOICE, app.method("VoiceMethod"), voiceUrl, parameters),
                app.setting("VoiceFallbackUrl"),
                app.method("VoiceFallbackMethod"),
                app.setting("StatusCallback"),
                app.method("StatusCallbackMethod"),
                Set.of("completed"));
    }

    private Destination destination(CallAddress to) {
        if (to instanceof CallAddress.App app) {
            return environment
                    .applications()
                    .find(app.sid())
                    .<Destination>map(found -> new Destination.App(found, app.parameters()))
                    .orElseGet(() -> new Destination.Nowhere("there is no application " + app.sid()));
        }
        return new Destination.Person(callees.at(to.written()));
    }

    private static CallerScript script(Destination destination) {
        return destination instanceof Destination.Person person
                ? person.callee().script()
                : CallerScript.silent();
    }

    private void start(LiveCall call, CallPlan plan, CallerScript script) {
        keep(call);
        Thread.ofVirtual()
                .name("call-" + call.sid())
                .start(new CallRunner(environment, forms, executor, call, plan, this::callApp));
        Thread.ofVirtual()
                .name("caller-" + call.sid())
                .start(new ScriptedCaller(call, script, environment.transcriber()));
    }

    private synchronized long live() {
        return bySid.values().stream().filter(each -> !each.over().isDone()).count();
    }

    private synchronized void keep(LiveCall call) {
        long live = live();
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
