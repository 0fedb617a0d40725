package dev.throughline.tools.provisioning;

import static dev.throughline.tools.provisioning.Wanted.document;
import static dev.throughline.tools.provisioning.Wanted.has;
import static dev.throughline.tools.provisioning.Wanted.object;
import static dev.throughline.tools.provisioning.Wanted.ref;

import dev.throughline.events.tenant.Tenant;
import dev.throughline.events.tenant.Tenant.VoicePath;
import dev.throughline.tools.invocation.ToolSpec;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What shall be at the providers for a tenant, in the order in which one thing needs another: secret, tools, webhook, agents, imported number
 * (ElevenLabs, <i>Agents API</i>), then what is Twilio's, because importing a number rewrites its voice webhook there, then the record. Pure.
 */
final class Wishes {

    static final String SECRET = "elevenlabs.secret";
    static final String WEBHOOK = "elevenlabs.webhook";
    static final String VOICE_AGENT = "elevenlabs.agent.voice";
    static final String TEXT_AGENT = "elevenlabs.agent.text";
    static final String IMPORTED_NUMBER = "elevenlabs.number";
    static final String TWIML_APP = "twilio.app";
    static final String NUMBER = "twilio.number";
    static final String MESSAGING_SERVICE = "twilio.messaging-service";
    static final String RECORD = "record";

    /** Where Twilio's and ElevenLabs' requests go, as the public routes have it. */
    static final String POST_CALL = "/api/webhooks/elevenlabs/post-call";

    static final String INITIATION = "/api/webhooks/elevenlabs/conversation-initiation";
    static final String VOICE = "/api/webhooks/twilio/elevenlabs";
    static final String STATUS = "/api/webhooks/twilio/status";
    static final String SMS = "/api/webhooks/twilio/sms/incoming";
    static final String SMS_STATUS = "/api/webhooks/twilio/sms/status";
    static final String APP = "/api/twilio/conference-elevenlabs";

    private final Setup setup;
    private final Tenant tenant;
    private final List<Wish> wishes = new ArrayList<>();

    private Wishes(Setup setup) {
        this.setup = setup;
        this.tenant = setup.tenant();
    }

    /** The wishes; of a provider that is not configured none. */
    static List<Wish> of(Setup setup) {
        Wishes all = new Wishes(setup);
        if (setup.elevenLabs()) {
            all.elevenLabs();
        }
        if (setup.twilio()) {
            all.twilio();
        }
        all.record();
        return List.copyOf(all.wishes);
    }

    static String toolId(String name) {
        return "elevenlabs.tool." + name;
    }

    private void elevenLabs() {
        add(
                Kind.SECRET,
                SECRET,
                "tool secret",
                setup.secretName(),
                null,
                setup.secretName().isEmpty() ? Map.of() : object("name", setup.secretName()));
        for (ToolSpec tool : setup.tools()) {
            add(Kind.TOOL, toolId(tool.name()), "tool " + tool.name(), tool.name(), null, ToolConfig.of(tool, setup));
        }
        wishes.add(new Wish(
                WEBHOOK,
                Kind.WEBHOOK,
                "post-call webhook",
                setup.url(POST_CALL),
                null,
                document(object("webhook_url", setup.url(POST_CALL), "is_disabled", false, "secret_is_known", true)),
                document(object("name", "throughline post-call", "auth_type", "hmac")),
                true));
        wishes.add(AgentConfig.voice(setup));
        wishes.add(AgentConfig.text(setup));
        if (tenant.twilioPhoneNumber() != null && setup.twilio()) {
            boolean takesCalls = tenant.voicePath() == VoicePath.NATIVE;
            add(
                    Kind.IMPORTED_NUMBER,
                    IMPORTED_NUMBER,
                    "imported number " + tenant.twilioPhoneNumber(),
                    tenant.twilioPhoneNumber(),
                    null,
                    takesCalls
                            ? object("agent_id", ref(VOICE_AGENT), "takes_calls", true)
                            : object("agent_id", ref(VOICE_AGENT)));
        }
    }

    private void twilio() {
        wishes.add(new Wish(
                TWIML_APP,
                Kind.TWIML_APP,
                "TwiML App of browser and conference legs",
                "Throughline",
                setup.twimlAppSid(),
                document(object(
                        "voice_url",
                        setup.repeated(APP),
                        "voice_method",
                        "POST",
                        "status_callback",
                        setup.repeated(STATUS),
                        "status_callback_method",
                        "POST")),
                document(object("friendly_name", "Throughline")),
                true));
        if (tenant.twilioPhoneNumber() != null) {
            number(NUMBER, tenant.twilioPhoneNumber(), tenant.voicePath() != VoicePath.NATIVE);
        }
        for (String sender : tenant.settings().texts().senders()) {
            // A short code is another resource at Twilio, and its webhook is set with its carrier's order.
            if (sender.startsWith("+") && !sender.equals(tenant.twilioPhoneNumber())) {
                number(NUMBER + "." + sender, sender, false);
            }
        }
        String service = tenant.settings().texts().messagingServiceSid();
        if (service != null) {
            messagingService(service);
        }
    }

    /** @param voice whether its calls are ours; texts always are */
    private void number(String id, String number, boolean voice) {
        Map<String, Object> wanted =
                object("sms_url", setup.repeated(SMS), "sms_method", "POST", "sms_application_sid", "");
        if (voice) {
            wanted.putAll(object(
                    "voice_url", setup.repeated(VOICE),
                    "voice_method", "POST",
                    "voice_application_sid", "",
                    "status_callback", setup.repeated(STATUS),
                    "status_callback_method", "POST"));
        }
        boolean main = number.equals(tenant.twilioPhoneNumber());
        add(Kind.NUMBER, id, "number " + number, number, main ? tenant.twilioPhoneNumberSid() : null, wanted);
    }

    private void messagingService(String sid) {
        Map<String, Object> wanted = object(
                "inbound_request_url",
                setup.repeated(SMS),
                "inbound_method",
                "POST",
                "use_inbound_webhook_on_number",
                false,
                "status_callback",
                setup.repeated(SMS_STATUS));
        if (tenant.twilioPhoneNumber() != null) {
            wanted.put("senders", has(List.of(ref(NUMBER))));
        }
        add(Kind.MESSAGING_SERVICE, MESSAGING_SERVICE, "messaging service " + sid, sid, sid, wanted);
    }

    private void record() {
        Map<String, Object> wanted = object();
        if (setup.elevenLabs()) {
            wanted.put("elevenLabsAgentId", ref(VOICE_AGENT));
            wanted.put("elevenLabsTextAgentId", ref(TEXT_AGENT));
        }
        if (setup.twilio() && tenant.twilioPhoneNumber() != null) {
            wanted.put("twilioPhoneNumberSid", ref(NUMBER));
        }
        if (!wanted.isEmpty()) {
            add(Kind.RECORD, RECORD, "the tenant's record", tenant.id().toString(), null, wanted);
        }
    }

    private void add(
            Kind kind,
            String id,
            String what,
            String key,
            @org.jspecify.annotations.Nullable String configuredId,
            Map<String, Object> wanted) {
        wishes.add(new Wish(id, kind, what, key, configuredId, document(wanted), document(Map.of()), false));
    }
}
