package dev.throughline.telephony.stream;

import dev.throughline.events.lead.PhoneNumbers;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ElevenLabsConfig;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.twilio.VoiceTwiml;
import jakarta.inject.Singleton;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** Sends a call's audio to a media bridge: the socket's address and the parameters by which the bridge knows the call. */
@Singleton
public final class StreamInvitation {

    private static final String BUSINESS_NAME = "business_name";

    private final PublicUrl publicUrl;
    private final ServiceToken tokens;
    private final ElevenLabsConfig elevenLabs;
    private final StreamConfig config;

    StreamInvitation(PublicUrl publicUrl, ServiceToken tokens, ElevenLabsConfig elevenLabs, StreamConfig config) {
        this.publicUrl = publicUrl;
        this.tokens = tokens;
        this.elevenLabs = elevenLabs;
        this.config = config;
    }

    /** Whether this installation has credentials of ElevenLabs. */
    public boolean agentsConfigured() {
        return elevenLabs.apiKey().filter(key -> !key.isBlank()).isPresent();
    }

    /** The agent that answers for {@code tenant}: its own, else the installation's. */
    public Optional<String> agentOf(Tenant tenant) {
        return Optional.ofNullable(tenant.settings().elevenLabsAgentId())
                .or(elevenLabs::agentId)
                .filter(agent -> !agent.isBlank());
    }

    /**
     * The TwiML. Each invitation carries a token of its own, good for one stream of this call and for
     * {@link ServiceToken#MAX_AGE}.
     *
     * @param customer the customer's address as Twilio sent it
     * @throws IllegalStateException when this installation cannot mint tokens
     */
    public String twiml(CallParties call, String customer, Tenant tenant, String agentId) {
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("agent_id", agentId);
        parameters.put("tenant_id", call.tenantId().toString());
        parameters.put("call_sid", call.callSid());
        parameters.put(BUSINESS_NAME, VoiceTwiml.fitting(BUSINESS_NAME, tenant.name()));
        parameters.put("lead_id", call.leadId().toString());
        parameters.put(
                "token",
                tokens.mint(
                        ServiceToken.MEDIA_BRIDGE,
                        call.callSid(),
                        call.tenantId(),
                        vouchedFor(call, customer, tenant)));
        return VoiceTwiml.connectStream(
                publicUrl.socket(config.socketPath()),
                publicUrl.of(WebhookPaths.TWILIO + WebhookPaths.STREAM_STATUS),
                publicUrl.of(WebhookPaths.TWILIO + WebhookPaths.STREAM_ENDED),
                parameters);
    }

    /** What the bridge must be able to believe; a parameter is only text, the token is signed. */
    private static Map<String, String> vouchedFor(CallParties call, String customer, Tenant tenant) {
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("lead_id", call.leadId().toString());
        PhoneNumbers.normalise(customer, tenant.country()).ifPresent(number -> claims.put("customer_phone", number));
        return claims;
    }
}
