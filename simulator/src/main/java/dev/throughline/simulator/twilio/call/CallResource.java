package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.TwilioTime;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The Calls resource of the 2010 API: create, fetch, list, update. Errors are thrown as {@link TwilioError}. */
public final class CallResource {

    private static final int MAX_TWIML_CHARACTERS = 4000;
    private static final Set<String> EVENTS = Set.of("initiated", "ringing", "answered", "completed");

    private final CallEnvironment environment;
    private final TwilioAccount account;
    private final Calls calls;

    CallResource(CallEnvironment environment, Calls calls) {
        this.environment = environment;
        this.account = environment.account();
        this.calls = calls;
    }

    /** {@code POST Calls.json}. */
    public JsonObject create(MultiMap form) {
        String to = required(form, "To", 21201, "No 'To' number is specified");
        String from = required(form, "From", 21213, "No 'From' number is specified");
        if (!PhoneNumbers.isE164(to)) {
            throw new TwilioError(400, 21211, "Invalid 'To' Phone Number: " + to);
        }
        if (!PhoneNumbers.isE164(from)) {
            throw new TwilioError(400, 21212, "Invalid 'From' Number: " + from);
        }
        OwnNumber number = environment
                .numbers()
                .find(from)
                .orElseThrow(() -> new TwilioError(
                        400,
                        21210,
                        "The source phone number provided, " + from + ", is not yet verified for your account."));
        LiveCall call = calls.call(from, to, number.sid(), webhooks(form));
        return toRest(call, true);
    }

    /** {@code GET Calls/{sid}.json}. */
    public JsonObject fetch(String sid) {
        return toRest(get(sid), false);
    }

    /** {@code GET Calls.json} with the filters {@code To}, {@code From} and {@code Status}. */
    public JsonObject list(MultiMap query) {
        List<JsonObject> found = calls.all().stream()
                .filter(call -> matches(query, "To", call.to()))
                .filter(call -> matches(query, "From", call.from()))
                .filter(call -> matches(query, "Status", call.status().restWord()))
                .map(call -> toRest(call, false))
                .toList();
        return RestPage.of(account, "Calls", "calls", found);
    }

    /** {@code POST Calls/{sid}.json}: {@code Status=completed|canceled}, {@code Url} or {@code Twiml}. */
    public JsonObject update(String sid, MultiMap form) {
        LiveCall call = get(sid);
        String status = form.get("Status");
        if (call.over().isDone()) {
            throw notInProgress();
        }
        if (status != null) {
            if (!status.equals("completed") && !status.equals("canceled")) {
                throw new TwilioError(400, 20001, "Status must be completed or canceled");
            }
            if (status.equals("canceled") && call.startTime() != null) {
                throw notInProgress();
            }
            call.interrupt(new Interruption.HangUp("REST update"));
        } else {
            TwimlSource source = source(form);
            if (call.startTime() == null) {
                throw notInProgress();
            }
            call.interrupt(new Interruption.Replace(source));
        }
        return toRest(call, false);
    }

    private LiveCall get(String sid) {
        return calls.find(sid).orElseThrow(() -> TwilioError.notFound(account.path("Calls/" + sid + ".json")));
    }

    private static TwilioError notInProgress() {
        return new TwilioError(400, 21220, "Call is not in-progress. Cannot redirect.");
    }

    private CallWebhooks webhooks(MultiMap form) {
        return new CallWebhooks(
                source(form),
                form.get("FallbackUrl"),
                form.contains("FallbackMethod") ? form.get("FallbackMethod") : "POST",
                form.get("StatusCallback"),
                form.contains("StatusCallbackMethod") ? form.get("StatusCallbackMethod") : "POST",
                events(form));
    }

    private TwimlSource source(MultiMap form) {
        String url = form.get("Url");
        String twiml = form.get("Twiml");
        if (url != null && !url.isEmpty()) {
            if (twiml != null) {
                environment.violations().add("21205", "", "Url and Twiml were both given; Twiml is ignored");
            }
            if (!url.matches("https?://[^\\s/]+.*")) {
                throw new TwilioError(400, 21205, "Url is not a valid URL: " + url);
            }
            String method = form.contains("Method") ? form.get("Method") : "POST";
            return new TwimlSource.Fetch(WebhookKind.VOICE, method, url, Map.of());
        }
        if (twiml == null || twiml.isEmpty()) {
            throw new TwilioError(400, 21205, "Url parameter is required.");
        }
        if (twiml.length() > MAX_TWIML_CHARACTERS) {
            throw new TwilioError(400, 20001, "Twiml is over 4000 characters");
        }
        return new TwimlSource.Inline(twiml);
    }

    private Set<String> events(MultiMap form) {
        List<String> asked = form.getAll("StatusCallbackEvent");
        if (asked.isEmpty()) {
            return Set.of("completed");
        }
        Set<String> known = new HashSet<>(asked);
        if (known.retainAll(EVENTS)) {
            environment
                    .violations()
                    .add(
                            "21626",
                            "",
                            "StatusCallbackEvent takes one of " + EVENTS + " per parameter; others are ignored");
        }
        return known;
    }

    private static String required(MultiMap form, String name, int code, String message) {
        String value = form.get(name);
        if (value == null || value.isEmpty()) {
            throw new TwilioError(400, code, message);
        }
        return value;
    }

    private static boolean matches(MultiMap query, String name, String value) {
        String wanted = query.get(name);
        return wanted == null || wanted.equals(value);
    }

    /** The resource; the answer to a create has no dates yet and always says {@code queued}. */
    private JsonObject toRest(LiveCall call, boolean created) {
        CallStatus status = created ? CallStatus.QUEUED : call.status();
        String self = account.path("Calls/" + call.sid());
        return new JsonObject()
                .put("account_sid", account.sid())
                .putNull("annotation")
                .putNull("answered_by")
                .put("api_version", "2010-04-01")
                .putNull("caller_name")
                .put("date_created", created ? null : TwilioTime.rfc2822(call.created()))
                .put("date_updated", created ? null : TwilioTime.rfc2822(call.created()))
                .put("direction", call.direction())
                .put("duration", status.isTerminal() ? String.valueOf(call.durationSeconds()) : null)
                .put("end_time", created ? null : TwilioTime.rfc2822(call.endTime()))
                .putNull("forwarded_from")
                .put("from", call.from())
                .put("from_formatted", PhoneNumbers.formatted(call.from()))
                .putNull("group_sid")
                .putNull("parent_call_sid")
                .put("phone_number_sid", call.numberSid())
                .putNull("price")
                .put("price_unit", "USD")
                .put("queue_time", "0")
                .put("sid", call.sid())
                .put("start_time", created ? null : TwilioTime.rfc2822(call.startTime()))
                .put("status", status.restWord())
                .put("subresource_uris", subresources(self))
                .put("to", call.to())
                .put("to_formatted", PhoneNumbers.formatted(call.to()))
                .putNull("trunk_sid")
                .put("uri", self + ".json");
    }

    private static @Nullable JsonObject subresources(String self) {
        return new JsonObject().put("streams", self + "/Streams.json").put("recordings", self + "/Recordings.json");
    }
}
