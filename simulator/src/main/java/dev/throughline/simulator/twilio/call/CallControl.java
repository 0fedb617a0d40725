package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.conference.ParticipantResource;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import java.util.NoSuchElementException;

/** Calls as seen from {@code /_sim}: make a customer call, look at a call, hang up, set how callees behave. */
public final class CallControl {

    private final CallEnvironment environment;
    private final Callees callees;
    private final Calls calls;
    private final IncomingCalls incoming;
    private final CallResource resource;

    /** The call side of the stand-in. */
    public CallControl(CallEnvironment environment) {
        this.environment = environment;
        this.callees = new Callees(environment.clips());
        this.calls = new Calls(environment, callees);
        this.incoming = new IncomingCalls(environment, calls);
        this.resource = new CallResource(environment, calls);
    }

    /** The Participants resource, which calls people into conferences. */
    public ParticipantResource participants() {
        return new ParticipantResource(
                environment.rooms(), new ParticipantCalls(environment, calls, new ConferenceVerb(environment)));
    }

    /** The Streams resource of calls. */
    public StreamResource streams() {
        return new StreamResource(environment, calls);
    }

    /** The REST resource over the same calls. */
    public CallResource resource() {
        return resource;
    }

    /**
     * Starts a call that comes in, {@code {"from","to"}} or {@code {"token","params"}} with {@code "script"|"steps"|"audio"}, and
     * answers {@code {"callSid"}}. Throws {@link IllegalArgumentException}, {@link NoSuchElementException} or {@link TwilioError}
     * with what is wrong with the request.
     */
    public JsonObject start(JsonObject request) {
        return new JsonObject().put("callSid", incoming.start(request).sid());
    }

    /** Every call, newest first, without its details. */
    public JsonObject list() {
        JsonArray all = new JsonArray();
        calls.all().forEach(call -> all.add(summary(call)));
        return new JsonObject().put("calls", all);
    }

    /** One call with all that happened on it. Transcribes what was heard, so call it off the event loop. */
    public JsonObject show(String sid) {
        LiveCall call = get(sid);
        return call.journal().addTo(summary(call), environment.transcriber());
    }

    /** A WAV file of what the caller heard. */
    public byte[] recording(String sid) {
        return get(sid).audio().recording().toWav();
    }

    /** The caller hangs up. */
    public JsonObject hangUp(String sid) {
        LiveCall call = get(sid);
        call.interrupt(new Interruption.HangUp("caller"));
        return summary(call);
    }

    /** Sets how a person we call behaves. */
    public void setCallee(JsonObject request) {
        callees.set(request);
    }

    /** How many calls REST may start; see {@link CallPace}. */
    public JsonObject limit(JsonObject limits) {
        return calls.limit(limits);
    }

    private LiveCall get(String sid) {
        return calls.find(sid).orElseThrow(() -> TwilioError.notFound("/_sim/calls/" + sid));
    }

    private static JsonObject summary(LiveCall call) {
        return new JsonObject()
                .put("callSid", call.sid())
                .put("from", call.from())
                .put("to", call.to())
                .put("direction", call.facts().direction())
                .put("parentCallSid", call.facts().parentSid())
                .put("answeredBy", call.answeredBy())
                .put("status", call.status().word())
                .put("ended", call.over().isDone())
                .put("startTime", TwilioTime.rfc2822(call.startTime()))
                .put("endTime", TwilioTime.rfc2822(call.endTime()))
                .put("durationSeconds", call.durationSeconds())
                .put("streaming", call.liveStream() != null)
                .put("heardMs", call.ear().totalMillis());
    }
}
