package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.RestForm;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.twiml.Verb;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The Streams resource of a call: starts and stops one-way copies. Errors are thrown as {@link TwilioError}. */
public final class StreamResource {

    private static final int MAX_PARAMETERS = 99;

    private final TwilioAccount account;
    private final Calls calls;

    StreamResource(CallEnvironment environment, Calls calls) {
        this.account = environment.account();
        this.calls = calls;
    }

    /** {@code POST Calls/{sid}/Streams.json}. */
    public JsonObject create(String callSid, MultiMap parameters) {
        LiveCall call = get(callSid);
        RestForm form = new RestForm(parameters);
        if (call.startTime() == null || call.over().isDone()) {
            throw new TwilioError(400, 21220, "Call is not in-progress. Cannot start a stream.");
        }
        Verb.Stream stream = new Verb.Stream(
                form.required("Url", 31923, "Url is required"),
                form.text("Name"),
                form.text("Track"),
                form.url("StatusCallback", 21609),
                form.method("StatusCallbackMethod"),
                custom(form));
        StreamForks.Fork fork = calls.forks()
                .start(call, stream, "")
                .orElseThrow(() -> new TwilioError(400, 31941, "The stream was refused; the report says why"));
        return toRest(fork, "in-progress");
    }

    /** {@code POST Calls/{sid}/Streams/{sid or name}.json} with {@code Status=stopped}. */
    public JsonObject update(String callSid, String nameOrSid, MultiMap parameters) {
        LiveCall call = get(callSid);
        if (!"stopped".equals(new RestForm(parameters).text("Status"))) {
            throw new TwilioError(400, 20001, "Status must be stopped");
        }
        StreamForks.Fork fork = StreamForks.find(call, nameOrSid)
                .orElseThrow(() ->
                        TwilioError.notFound(account.path("Calls/" + callSid + "/Streams/" + nameOrSid + ".json")));
        fork.stream().stop();
        return toRest(fork, "stopped");
    }

    private LiveCall get(String callSid) {
        return calls.find(callSid)
                .orElseThrow(() -> TwilioError.notFound(account.path("Calls/" + callSid + "/Streams.json")));
    }

    /** {@code Parameter1.Name}, {@code Parameter1.Value} and so on. */
    private static Map<String, String> custom(RestForm form) {
        Map<String, String> custom = new LinkedHashMap<>();
        for (int i = 1; i <= MAX_PARAMETERS; i++) {
            String name = form.text("Parameter" + i + ".Name");
            String value = form.text("Parameter" + i + ".Value");
            if (name != null) {
                custom.put(name, orEmpty(value));
            }
        }
        return custom;
    }

    private static String orEmpty(@Nullable String value) {
        return value == null ? "" : value;
    }

    private JsonObject toRest(StreamForks.Fork fork, String status) {
        String callSid = fork.spec().call().sid();
        return new JsonObject()
                .put("sid", fork.spec().sid())
                .put("account_sid", account.sid())
                .put("call_sid", callSid)
                .put("name", fork.spec().stream().name())
                .put("status", status)
                .put("date_updated", TwilioTime.rfc2822(Instant.now()))
                .put(
                        "uri",
                        account.path(
                                "Calls/" + callSid + "/Streams/" + fork.spec().sid() + ".json"));
    }
}
