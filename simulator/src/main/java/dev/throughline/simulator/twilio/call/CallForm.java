package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.PhoneNumbers;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.VoiceResource;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import dev.throughline.simulator.wire.Violations;
import io.vertx.core.MultiMap;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
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

    private final MultiMap form;
    private final CallEnvironment environment;
    private final Violations violations;

    CallForm(MultiMap form, CallEnvironment environment) {
        this.form = form;
        this.environment = environment;
        this.violations = environment.violations();
    }

    /** The value; null when absent or empty. */
    @Nullable String text(String name) {
        String value = form.get(name);
        return value == null || value.isEmpty() ? null : value;
    }

    CallAddress to() {
        String to = required("To", 21201, "No 'To' number is specified");
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
        String from = required("From", 21213, "No 'From' number is specified");
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
        String url = url("Url", 21205);
        String twiml = text("Twiml");
        if (url != null) {
            if (twiml != null) {
                violations.add("21205", "", "Url and Twiml were both given; Twiml is ignored");
            }
            return new TwimlSource.Fetch(WebhookKind.VOICE, method("Method"), url, Map.of());
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
                url("FallbackUrl", 21205),
                method("FallbackMethod"),
                url("StatusCallback", 21609),
                method("StatusCallbackMethod"),
                events());
    }

    CallOptions options() {
        String sendDigits = text("SendDigits");
        if (sendDigits != null && !sendDigits.matches("[0-9*#wW]{1,32}")) {
            throw new TwilioError(400, 21206, "Invalid SendDigits");
        }
        return new CallOptions(
                number("Timeout", 60, 1, 600, 21208),
                number("TimeLimit", 0, 1, 86_400, 20001),
                sendDigits,
                detection());
    }

    private @Nullable MachineDetection detection() {
        String mode = text("MachineDetection");
        if (mode == null || mode.equals("none")) {
            return null;
        }
        if (!mode.equals("Enable") && !mode.equals("DetectMessageEnd")) {
            throw new TwilioError(400, 20001, "MachineDetection must be Enable or DetectMessageEnd");
        }
        return new MachineDetection(
                mode.equals("DetectMessageEnd"),
                "true".equals(text("AsyncAmd")),
                url("AsyncAmdStatusCallback", 20001),
                method("AsyncAmdStatusCallbackMethod"),
                number("MachineDetectionTimeout", 30, 3, 59, 20001));
    }

    private VoiceResource application(String sid) {
        return environment.applications().find(sid).orElseThrow(() -> noSuchApplication(sid));
    }

    private static TwilioError noSuchApplication(String sid) {
        return new TwilioError(400, 21218, "Invalid ApplicationSid: there is no application " + sid);
    }

    /** One word per parameter, or several in one with spaces between them. */
    private Set<String> events() {
        List<String> asked = form.getAll("StatusCallbackEvent").stream()
                .flatMap(each -> Arrays.stream(each.strip().split("\\s+")))
                .toList();
        if (asked.isEmpty()) {
            return Set.of("completed");
        }
        Set<String> known = new TreeSet<>(asked);
        if (known.retainAll(EVENTS)) {
            violations.add("21626", "", "StatusCallbackEvent takes " + EVENTS + "; others are ignored");
        }
        return known;
    }

    /** {@code GET} or {@code POST}; POST when not given. */
    String method(String name) {
        String method = text(name);
        if (method == null) {
            return "POST";
        }
        String upper = method.toUpperCase(Locale.ROOT);
        if (!upper.equals("GET") && !upper.equals("POST")) {
            throw new TwilioError(400, 21209, "Invalid " + name + ": " + method);
        }
        return upper;
    }

    /** An absolute address; null when not given. Hosts with an underscore are refused as Twilio's callbacks cannot reach them. */
    @Nullable String url(String name, int code) {
        String url = text(name);
        if (url != null && !url.matches("https?://[^\\s/_]+(/\\S*)?([?#]\\S*)?")) {
            throw new TwilioError(400, code, name + " is not a valid URL: " + url);
        }
        return url;
    }

    /** A whole number in its range, or {@code fallback} when not given. */
    int number(String name, int fallback, int min, int max, int code) {
        String text = text(name);
        if (text == null) {
            return fallback;
        }
        if (!text.matches("\\d{1,6}") || Integer.parseInt(text) < min || Integer.parseInt(text) > max) {
            throw new TwilioError(400, code, name + " must be a number from " + min + " to " + max);
        }
        return Integer.parseInt(text);
    }

    private String required(String name, int code, String message) {
        String value = text(name);
        if (value == null) {
            throw new TwilioError(400, code, message);
        }
        return value;
    }
}
