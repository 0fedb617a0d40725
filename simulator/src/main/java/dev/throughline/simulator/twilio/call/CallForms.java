package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.TwilioTime;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** Parameters of the voice webhooks, in Twilio's order. Source: Twilio, <i>TwiML for Programmable Voice</i>, "Request parameters". */
final class CallForms {

    private final String accountSid;

    CallForms(String accountSid) {
        this.accountSid = accountSid;
    }

    /** The first request of a call, and of a redirect: with what the carrier vouches for. */
    Map<String, String> voice(LiveCall call) {
        Map<String, String> form = common(call, call.status());
        if (call.facts().isInbound() && call.facts().applicationSid() == null) {
            form.put(
                    "CallToken",
                    "{\"parentCallInfoToken\":\"eyJhbGciOiJFUzI1NiJ9.invented.token\",\"identityHeaderTokens\":[]}");
            if (PhoneNumbers.isE164(call.from())) {
                form.put("StirVerstat", "TN-Validation-Passed-A");
            }
        }
        return form;
    }

    /** What an {@code action} URL gets; the verb adds its own. */
    Map<String, String> action(LiveCall call) {
        return common(call, call.status());
    }

    /** What an {@code action} URL gets when the caller has hung up meanwhile. */
    Map<String, String> ended(LiveCall call) {
        return common(call, CallStatus.COMPLETED);
    }

    /** A call status callback. */
    Map<String, String> status(LiveCall call, CallStatus status, int sequenceNumber) {
        Map<String, String> form = call.facts().isInbound() ? common(call, status) : outbound(call, status);
        if (status.isTerminal()) {
            long seconds = call.durationSeconds();
            form.put("CallDuration", String.valueOf(seconds));
            form.put("Duration", String.valueOf((seconds + 59) / 60));
            if (!call.facts().isInbound()) {
                form.put("SipResponseCode", String.valueOf(status.sipResponseCode()));
            }
        }
        form.put("CallbackSource", "call-progress-events");
        form.put("SequenceNumber", String.valueOf(sequenceNumber));
        form.put("Timestamp", String.valueOf(TwilioTime.rfc2822(Instant.now())));
        if (!call.facts().isInbound()) {
            form.putAll(place("From", call.from()));
            form.putAll(place("To", call.to()));
        }
        return form;
    }

    /** The result of asynchronous answering-machine detection. */
    Map<String, String> answeredBy(LiveCall call, MachineDetection.Verdict verdict) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("CallSid", call.sid());
        form.put("AccountSid", accountSid);
        form.put("AnsweredBy", verdict.answeredBy());
        form.put("MachineDetectionDuration", String.valueOf(verdict.millis()));
        return form;
    }

    /** A stream status callback; {@code error} is empty except for {@code stream-error}. */
    Map<String, String> stream(LiveCall call, String streamSid, String name, String event, String error) {
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", accountSid);
        form.put("CallSid", call.sid());
        form.put("StreamSid", streamSid);
        form.put("StreamName", name);
        form.put("StreamEvent", event);
        if (!error.isEmpty()) {
            form.put("StreamError", error);
        }
        form.put("Timestamp", TwilioTime.iso(Instant.now()));
        return form;
    }

    /** A call from a browser, or to an app, has no places. */
    private Map<String, String> common(LiveCall call, CallStatus status) {
        Map<String, String> form = identity(call);
        if (call.facts().applicationSid() == null) {
            form.putAll(place("From", call.from()));
            form.putAll(place("To", call.to()));
            form.putAll(place("Caller", call.from()));
            form.putAll(place("Called", call.to()));
        }
        form.put("CallStatus", status.word());
        putAnsweredBy(form, call);
        return form;
    }

    private Map<String, String> outbound(LiveCall call, CallStatus status) {
        Map<String, String> form = identity(call);
        form.put("CallStatus", status.word());
        putAnsweredBy(form, call);
        return form;
    }

    private static void putAnsweredBy(Map<String, String> form, LiveCall call) {
        String answeredBy = call.answeredBy();
        if (answeredBy != null) {
            form.put("AnsweredBy", answeredBy);
        }
    }

    private Map<String, String> identity(LiveCall call) {
        CallFacts facts = call.facts();
        Map<String, String> form = new LinkedHashMap<>();
        form.put("AccountSid", accountSid);
        form.put("ApiVersion", "2010-04-01");
        if (facts.applicationSid() != null) {
            form.put("ApplicationSid", facts.applicationSid());
        }
        form.put("CallSid", facts.sid());
        if (facts.parentSid() != null) {
            form.put("ParentCallSid", facts.parentSid());
        }
        form.put("From", facts.from());
        form.put("To", facts.to());
        form.put("Caller", facts.from());
        form.put("Called", facts.to());
        form.put("Direction", facts.direction());
        return form;
    }

    /** The place of a number; a hidden or odd caller has none, and the parameters are there and empty. */
    private static Map<String, String> place(String prefix, String address) {
        Map<String, String> place = PhoneNumbers.place(prefix);
        if (!PhoneNumbers.isE164(address)) {
            place.replaceAll((name, value) -> "");
        }
        return place;
    }
}
