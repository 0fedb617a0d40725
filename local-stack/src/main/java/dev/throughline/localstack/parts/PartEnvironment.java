package dev.throughline.localstack.parts;

import dev.throughline.localstack.secrets.LocalSecrets;
import dev.throughline.localstack.settings.Provider;
import dev.throughline.localstack.settings.Settings;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The environment handed to the parts: what the person gave, and what the local stack adds where nothing was given. */
public final class PartEnvironment {

    private static final List<String> TWILIO_SECRETS = List.of(
            "TWILIO_ACCOUNT_SID", "TWILIO_AUTH_TOKEN", "TWILIO_API_KEY", "TWILIO_API_SECRET", "TWILIO_TWIML_APP_SID");

    private PartEnvironment() {}

    /** Variables every part gets. Provider credentials are invented only for stand-ins and doubles, never for a real provider. */
    public static Map<String, String> of(Settings settings, StackPorts ports, LocalSecrets secrets) {
        Map<String, String> variables =
                new LinkedHashMap<>(settings.environment().variables());
        // The front's port means nothing to a service, and tools that read it would be misled.
        variables.remove("PORT");
        variables.put("APP_BASE_URL", settings.appBaseUrl());
        variables.remove("WEBHOOK_BASE_URL");
        variables.put("KAFKA_BOOTSTRAP_SERVERS", "127.0.0.1:" + ports.kafka());
        variables.put("JWT_PUBLIC_KEY_LOCATION", secrets.publicKey().toUri().toString());
        variables.put(
                "ELEVENLABS_WEBHOOK_SECRET_FILE", settings.webhookSecretFile().toString());
        variables.put("INTERNAL_SECRET", given(settings, "INTERNAL_SECRET", secrets));
        variables.put(
                "TELEPHONY_GATEWAY_URL", "http://127.0.0.1:" + ports.services().get(ServiceModule.TELEPHONY_GATEWAY));
        variables.put(
                "CONVERSATION_CONTEXT_URL",
                "http://127.0.0.1:" + ports.services().get(ServiceModule.CONVERSATION_CONTEXT));
        variables.put("SMS_SERVICE_URL", "http://127.0.0.1:" + ports.services().get(ServiceModule.SMS_SERVICE));
        // Where a second bridge asks for the calls of the first.
        variables.put(
                "THROUGHLINE_BRIDGE_LISTEN_PEERS",
                "127.0.0.1:" + ports.services().get(ServiceModule.MEDIA_BRIDGE));
        if (!(settings.twilio() instanceof Provider.Mode.Real)) {
            TWILIO_SECRETS.forEach(name -> variables.put(name, given(settings, name, secrets)));
        }
        if (settings.standInForTwilio()) {
            // The public address exists in signatures only; behind it is the front.
            variables.put("THROUGHLINE_DOCTOR_CONNECT_TO", "http://127.0.0.1:" + ports.front());
            variables.put("TWILIO_API_BASE_URL", "http://127.0.0.1:" + ports.twilio());
            variables.putIfAbsent("TWILIO_PHONE_NUMBER", "+12025550100");
        }
        if (settings.standInForElevenLabs()) {
            variables.put("ELEVENLABS_API_BASE_URL", "http://127.0.0.1:" + ports.elevenLabs());
            variables.put("ELEVENLABS_API_KEY", given(settings, "ELEVENLABS_API_KEY", secrets));
        }
        variables.values().removeIf(String::isBlank);
        return variables;
    }

    private static String given(Settings settings, String name, LocalSecrets secrets) {
        return settings.environment().get(name).orElseGet(() -> secrets.get(name));
    }
}
