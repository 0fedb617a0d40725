package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.DateFilter;
import dev.throughline.simulator.twilio.account.RestPage;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioError;
import io.vertx.core.MultiMap;
import io.vertx.core.json.JsonObject;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The Calls resource of the 2010 API: create, fetch, list, update. Errors are thrown as {@link TwilioError}. */
public final class CallResource {

    private final CallEnvironment environment;
    private final TwilioAccount account;
    private final Calls calls;

    CallResource(CallEnvironment environment, Calls calls) {
        this.environment = environment;
        this.account = environment.account();
        this.calls = calls;
    }

    /** {@code POST Calls.json}. */
    public JsonObject create(MultiMap parameters) {
        CallForm form = new CallForm(parameters, environment);
        CallAddress to = form.to();
        String from = form.from(to);
        CallWebhooks webhooks = form.webhooks(form.source());
        return CallJson.created(account, calls.call(from, to, webhooks, form.options()));
    }

    /** {@code GET Calls/{sid}.json}. */
    public JsonObject fetch(String sid) {
        return CallJson.of(account, get(sid));
    }

    /**
     * {@code GET Calls.json}, newest first, with the filters {@code To}, {@code From}, {@code Status}, {@code ParentCallSid},
     * {@code StartTime} and {@code EndTime}.
     */
    public JsonObject list(MultiMap query) {
        List<JsonObject> found = calls.all().stream()
                .filter(call -> matches(query, "To", call.to()))
                .filter(call -> matches(query, "From", call.from()))
                .filter(call -> matches(query, "Status", call.status().restWord()))
                .filter(call -> matches(query, "ParentCallSid", call.facts().parentSid()))
                .filter(call -> DateFilter.fits(query, "StartTime", call.startTime()))
                .filter(call -> DateFilter.fits(query, "EndTime", call.endTime()))
                .map(call -> CallJson.of(account, call))
                .toList();
        return RestPage.of(account, "Calls", "calls", found);
    }

    /** {@code POST Calls/{sid}.json}: {@code Status=completed|canceled}, {@code Url} or {@code Twiml}. */
    public JsonObject update(String sid, MultiMap parameters) {
        LiveCall call = get(sid);
        CallForm form = new CallForm(parameters, environment);
        String status = form.text("Status");
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
            TwimlSource source = form.source();
            if (call.startTime() == null) {
                throw notInProgress();
            }
            call.interrupt(new Interruption.Replace(source));
        }
        return CallJson.of(account, call);
    }

    private LiveCall get(String sid) {
        return calls.find(sid).orElseThrow(() -> TwilioError.notFound(account.path("Calls/" + sid + ".json")));
    }

    private static TwilioError notInProgress() {
        return new TwilioError(400, 21220, "Call is not in-progress. Cannot redirect.");
    }

    private static boolean matches(MultiMap query, String name, @Nullable String value) {
        String wanted = query.get(name);
        return wanted == null || wanted.equals(value);
    }
}
