package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.TwilioAccount;
import dev.throughline.simulator.twilio.account.TwilioTime;
import io.vertx.core.json.JsonObject;

/** The Call resource as REST shows it. */
final class CallJson {

    private CallJson() {}

    /** The answer to a create: no dates yet, and always {@code queued}. */
    static JsonObject created(TwilioAccount account, LiveCall call) {
        JsonObject json = of(account, call).put("status", "queued");
        for (String name : new String[] {"date_created", "date_updated", "start_time", "end_time", "duration"}) {
            json.putNull(name);
        }
        return json;
    }

    static JsonObject of(TwilioAccount account, LiveCall call) {
        CallFacts facts = call.facts();
        CallStatus status = call.status();
        String self = account.path("Calls/" + facts.sid());
        return new JsonObject()
                .put("account_sid", account.sid())
                .putNull("annotation")
                .put("answered_by", call.answeredBy())
                .put("api_version", "2010-04-01")
                .putNull("caller_name")
                .put("date_created", TwilioTime.rfc2822(call.created()))
                .put("date_updated", TwilioTime.rfc2822(call.created()))
                .put("direction", facts.direction())
                .put("duration", status.isTerminal() ? String.valueOf(call.durationSeconds()) : null)
                .put("end_time", TwilioTime.rfc2822(call.endTime()))
                .putNull("forwarded_from")
                .put("from", facts.from())
                .put("from_formatted", PhoneNumbers.formatted(facts.from()))
                .putNull("group_sid")
                .put("parent_call_sid", facts.parentSid())
                .put("phone_number_sid", facts.numberSid())
                .putNull("price")
                .put("price_unit", "USD")
                .put("queue_time", String.valueOf(call.queueMillis()))
                .put("sid", facts.sid())
                .put("start_time", TwilioTime.rfc2822(call.startTime()))
                .put("status", status.restWord())
                .put(
                        "subresource_uris",
                        new JsonObject()
                                .put("streams", self + "/Streams.json")
                                .put("recordings", self + "/Recordings.json"))
                .put("to", facts.to())
                .put("to_formatted", PhoneNumbers.formatted(facts.to()))
                .putNull("trunk_sid")
                .put("uri", self + ".json");
    }
}
