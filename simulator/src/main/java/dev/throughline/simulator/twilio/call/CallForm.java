package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.RestForm;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.VoiceResource;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.MultiMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a request that makes or changes a call, checked as Twilio checks them. Source: Twilio, <i>Call resource</i>
 * and the error pages. Everything throws {@link TwilioError}.
 */
final class CallForm {

    private static final int MAX_TWIML_CHARACTERS = 4000;
    private static final Set<String> EVENTS = new TreeSet<>(Set.of("initiated", "ringing", "answered", "completed"));

    private final RestForm form;
    private final CallEnvironment environment;
    private final Violations violations;

    CallForm(MultiMap form, CallEnvironment environment) {
        this.form = new RestForm(form);
        this.environment = environment;
        this.violations = environment.violations();
    }

    /** The value; null when absent or empty. */
    @Nullable String text(String name) {
        return form.text(name);
    }

    CallAddress to() {
        String to = form.required("To", 21201, "No 'To' number is specified");
        CallAddress address = CallAddress.parse(to)
                .orElseThrow(() -> to.matches("[+0-9 ().-]+")
                        ? new TwilioError(
                                400,
                                21217,
                                "Phone number (" + to + ") does not appear to be valid; E.164 such as +12025550100")
                        : new TwilioError(400, 21211, "Invalid 'To' Phone Number: " + to));
        int question = to.indexOf('?');
        if (question > 0 && to.length() - question > CallAddress.MAX_PARAMETER_CHARACTERS) {
            throw new TwilioError(400, 20001, "The parameters in To are over 800 characters");
        }
        if (address instanceof CallAddress.App app
                && environment.applications().find(app.sid()).isEmpty()) {
            throw noSuchApplication(app.sid());
        }
        return address;
    }

    /** The caller's number: one of the account's for a phone; a browser or a SIP address may be called by name too. */
    String from(CallAddress to) {
        String from = form.required("From", 21213, "No 'From' number is specified");
        boolean byName = !(to instanceof CallAddress.Phone) && from.matches("(client:|sip:)?[A-Za-z0-9_.@+-]{1,256}");
        if (!PhoneNumbers.isE164(from) && !byName) {
            throw new TwilioError(400, 21212, "Invalid 'From' Number: " + from);
        }
        if (to instanceof CallAddress.Phone && environment.numbers().find(from).isEmpty()) {
            throw new TwilioError(
                    400,
                    21210,
                    "The source phone number provided, " + from + ", is not yet verified for your account.");
        }
        return from;
    }

    /** Where the instructions come from: {@code ApplicationSid}, else {@code Url}, else {@code Twiml}. */
    TwimlSource source() {
        String applicationSid = text("ApplicationSid");
        if (applicationSid != null) {
            VoiceResource app = application(applicationSid);
            String voiceUrl = app.setting("VoiceUrl");
            if (voiceUrl == null) {
                throw new TwilioError(400, 21205, "The application " + applicationSid + " has no VoiceUrl");
            }
            return new TwimlSource.Fetch(WebhookKind.VOICE, app.method("VoiceMethod"), voiceUrl, Map.of());
        }
        String url = form.url("Url", 21205);
        String twiml = text("Twiml");
        if (url != null) {
            if (twiml != null) {
                violations.add("21205", "", "Url and Twiml were both given; Twiml is ignored");
            }
            return new TwimlSource.Fetch(WebhookKind.VOICE, form.method("Method"), url, Map.of());
        }
        if (twiml == null) {
            throw new TwilioError(400, 21205, "Url parameter is required.");
        }
        if (twiml.length() > MAX_TWIML_CHARACTERS) {
            throw new TwilioError(400, 20001, "Twiml is over 4000 characters");
        }
        return new TwimlSource.Inline(twiml);
    }

    /** Status callbacks of the request, or of its application, which then rule. */
    CallWebhooks webhooks(TwimlSource source) {
        String applicationSid = text("ApplicationSid");
        if (applicationSid != null) {
            VoiceResource app = application(applicationSid);
            return new CallWebhooks(
                    source,
                    app.setting("VoiceFallbackUrl"),
                    app.method("VoiceFallbackMethod"),
                    app.setting("StatusCallback"),
                    app.method("StatusCallbackMethod"),
                    Set.of("completed"));
        }
        return new CallWebhooks(
                source,
                form.url("FallbackUrl", 21205),
                form.method("FallbackMethod"),
                form.url("StatusCallback", 21609),
                form.method("StatusCallbackMethod"),
                events());
    }

    /** How the call is placed. */
    CallOptions options() {
        return options(form.flag("AsyncAmd", false), "AsyncAmdStatusCallback");
    }

    /** How a participant of a conference is called: detection never holds the call up. */
    CallOptions participantOptions() {
        return options(true, "AmdStatusCallback");
    }

    private CallOptions options(boolean asyncDetection, String detectionCallback) {
        String sendDigits = text("SendDigits");
        if (sendDigits != null && !sendDigits.matches("[0-9*#wW]{1,32}")) {
            throw new TwilioError(400, 21206, "Invalid SendDigits");
        }
        return new CallOptions(
                form.number("Timeout", 60, 1, 600, 21208),
                form.number("TimeLimit", 0, 1, 86_400, 20001),
                sendDigits,
                detection(asyncDetection, detectionCallback));
    }

    private @Nullable MachineDetection detection(boolean async, String callback) {
        String mode = text("MachineDetection");
        if (mode == null || mode.equals("none")) {
            return null;
        }
        if (!mode.equals("Enable") && !mode.equals("DetectMessageEnd")) {
            throw new TwilioError(400, 20001, "MachineDetection must be Enable or DetectMessageEnd");
        }
        return new MachineDetection(
                mode.equals("DetectMessageEnd"),
                async,
                form.url(callback, 20001),
                form.method(callback + "Method"),
                form.number("MachineDetectionTimeout", 30, 3, 59, 20001));
    }

    private VoiceResource application(String sid) {
        return environment.applications().find(sid).orElseThrow(() -> noSuchApplication(sid));
    }

    private static TwilioError noSuchApplication(String sid) {
        return new TwilioError(400, 21218, "Invalid ApplicationSid: there is no application " + sid);
    }

    private Set<String> events() {
        Set<String> asked = form.words("StatusCallbackEvent");
        if (asked.isEmpty()) {
            return Set.of("completed");
        }
        if (asked.retainAll(EVENTS)) {
            violations.add("21626", "", "StatusCallbackEvent takes " + EVENTS + "; others are ignored");
        }
        return asked;
    }
}
