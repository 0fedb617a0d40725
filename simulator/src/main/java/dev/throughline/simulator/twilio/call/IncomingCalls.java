package dev.throughline.simulator.twilio.call;

import dev.throughline.simulator.twilio.account.AccessTokens;
import dev.throughline.simulator.twilio.account.OwnNumber;
import dev.throughline.simulator.twilio.account.Sids;
import dev.throughline.simulator.twilio.account.TwilioError;
import dev.throughline.simulator.twilio.account.VoiceResource;
import dev.throughline.simulator.twilio.webhook.WebhookKind;
import io.vertx.core.json.JsonObject;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Calls that come in: from a telephone to one of the account's numbers, from a SIP telephone to a number or to one of the
 * account's SIP domains, from a browser with an access token to a TwiML App.
 */
final class IncomingCalls {

    private static final String SIP_SOURCE_IP = "203.0.113.10";

    private final CallEnvironment environment;
    private final AccessTokens tokens;
    private final Calls calls;

    IncomingCalls(CallEnvironment environment, Calls calls) {
        this.environment = environment;
        this.tokens = new AccessTokens(environment.account());
        this.calls = calls;
    }

    /** Starts what a control message asks for. Throws with what is wrong: {@link IllegalArgumentException}, {@link TwilioError}. */
    LiveCall start(JsonObject request) {
        CallerScript script = CallerScript.from(request, environment.clips());
        String token = request.getString("token");
        if (token != null) {
            return browser(token, request, script);
        }
        String from = request.getString("from");
        String to = request.getString("to");
        if (from == null || to == null) {
            throw new IllegalArgumentException("from and to are required, or a token");
        }
        Map<String, String> sip = sip(from, to, request.getJsonObject("sipHeaders", new JsonObject()));
        return to.startsWith("sip:") ? domain(from, to, sip, script) : number(from, to, sip, script);
    }

    private LiveCall number(String from, String to, Map<String, String> extra, CallerScript script) {
        OwnNumber number = environment
                .numbers()
                .find(to)
                .orElseThrow(() -> new IllegalArgumentException(to + " is not a number of the account"));
        CallWebhooks webhooks = new CallWebhooks(
                first(number.method("VoiceMethod"), number.setting("VoiceUrl"), to, extra),
                number.setting("VoiceFallbackUrl"),
                number.method("VoiceFallbackMethod"),
                number.setting("StatusCallback"),
                number.method("StatusCallbackMethod"),
                Set.of("completed"));
        return calls.comesIn(
                new CallFacts(Sids.next("CA"), from, to, CallFacts.INBOUND, number.sid(), null, null),
                webhooks,
                script);
    }

    private LiveCall domain(String from, String to, Map<String, String> extra, CallerScript script) {
        String name = host(to);
        VoiceResource domain = environment
                .sipDomains()
                .named(name)
                .orElseThrow(() -> new IllegalArgumentException(name + " is not a SIP domain of the account"));
        Map<String, String> parameters = new LinkedHashMap<>(extra);
        parameters.put("SipDomain", name);
        parameters.put("SipDomainSid", domain.sid());
        CallWebhooks webhooks = new CallWebhooks(
                first(domain.method("VoiceMethod"), domain.setting("VoiceUrl"), to, parameters),
                domain.setting("VoiceFallbackUrl"),
                domain.method("VoiceFallbackMethod"),
                domain.setting("VoiceStatusCallbackUrl"),
                domain.method("VoiceStatusCallbackMethod"),
                Set.of("completed"));
        return calls.comesIn(
                new CallFacts(Sids.next("CA"), from, to, CallFacts.INBOUND, null, null, null), webhooks, script);
    }

    private LiveCall browser(String token, JsonObject request, CallerScript script) {
        AccessTokens.Grant grant;
        VoiceResource app;
        try {
            grant = tokens.outgoing(token, Instant.now());
            app = environment
                    .applications()
                    .find(grant.applicationSid())
                    .orElseThrow(() -> new TwilioError(400, 21218, "The token names an application there is not"));
        } catch (TwilioError e) {
            environment.violations().add(String.valueOf(e.code()), "", String.valueOf(e.getMessage()));
            throw e;
        }
        Map<String, String> parameters = new LinkedHashMap<>(grant.parameters());
        request.getJsonObject("params", new JsonObject())
                .forEach(each -> parameters.put(each.getKey(), String.valueOf(each.getValue())));
        String voiceUrl = app.setting("VoiceUrl");
        if (voiceUrl == null) {
            throw new IllegalArgumentException("the application has no VoiceUrl");
        }
        CallFacts facts = new CallFacts(
                Sids.next("CA"), "client:" + grant.identity(), "", CallFacts.INBOUND, null, null, app.sid());
        return calls.comesIn(facts, Calls.appWebhooks(app, voiceUrl, parameters), script);
    }

    private static TwimlSource first(
            String method, @Nullable String voiceUrl, String to, Map<String, String> parameters) {
        if (voiceUrl == null) {
            throw new IllegalArgumentException(to + " has no VoiceUrl");
        }
        return new TwimlSource.Fetch(WebhookKind.VOICE, method, voiceUrl, parameters);
    }

    /** What a SIP caller adds to the first request; custom headers become {@code SipHeader_X-…}. */
    private static Map<String, String> sip(String from, String to, JsonObject headers) {
        if (!from.startsWith("sip:") && !to.startsWith("sip:")) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("SipCallId", Sids.next("") + "@" + host(from));
        parameters.put("SipSourceIp", SIP_SOURCE_IP);
        headers.forEach(each -> {
            if (each.getKey().startsWith("X-")) {
                parameters.put("SipHeader_" + each.getKey(), String.valueOf(each.getValue()));
            }
        });
        return parameters;
    }

    private static String host(String address) {
        return address.replaceFirst("^[^@]*@", "").replaceFirst("[;:?].*$", "");
    }
}
