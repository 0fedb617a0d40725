package dev.throughline.telephony.stream;

import dev.throughline.events.lead.ContactAddress;
import dev.throughline.events.lead.LeadIds;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.platform.elevenlabs.ElevenLabsConfig;
import dev.throughline.platform.kafka.TraceHeaders;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.twilio.PublicUrl;
import dev.throughline.telephony.call.CallParties;
import dev.throughline.telephony.call.WebhookPaths;
import dev.throughline.telephony.stream.Invitation.Resume;
import dev.throughline.telephony.twilio.VoiceTwiml;
import jakarta.inject.Singleton;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Locale;
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
    private final Clock clock;

    StreamInvitation(
            PublicUrl publicUrl, ServiceToken tokens, ElevenLabsConfig elevenLabs, StreamConfig config, Clock clock) {
        this.publicUrl = publicUrl;
        this.tokens = tokens;
        this.elevenLabs = elevenLabs;
        this.config = config;
        this.clock = clock;
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
     * The TwiML that connects a call's audio to a bridge. Each invitation carries two tokens of its own, good for
     * {@link ServiceToken#MAX_AGE}: one as the last segment of the socket's address, by which a bridge may reach the agent while Twilio
     * is still connecting, and one among the parameters, good for one stream of this call.
     *
     * @throws IllegalStateException when this installation cannot mint tokens
     */
    public String twiml(Invitation invitation) {
        CallParties call = invitation.call();
        Map<String, String> claims = claims(invitation);
        Map<String, String> parameters = new LinkedHashMap<>();
        parameters.put("agent_id", invitation.agentId());
        parameters.put("tenant_id", call.tenantId().toString());
        parameters.put("call_sid", invitation.legSid());
        parameters.put(
                BUSINESS_NAME,
                VoiceTwiml.fitting(BUSINESS_NAME, invitation.tenant().name()));
        parameters.put("lead_id", call.leadId().toString());
        parameters.putAll(VoiceTwiml.inTwo("token", token(ServiceToken.MEDIA_BRIDGE, invitation, claims)));
        return VoiceTwiml.connectStream(
                publicUrl.socket(config.socketPath()) + "/"
                        + token(ServiceToken.MEDIA_BRIDGE_OPENING, invitation, claims),
                publicUrl.of(WebhookPaths.TWILIO + WebhookPaths.STREAM_STATUS),
                publicUrl.of(WebhookPaths.TWILIO + WebhookPaths.STREAM_ENDED),
                parameters);
    }

    private String token(String audience, Invitation invitation, Map<String, String> claims) {
        return tokens.mint(audience, invitation.legSid(), invitation.call().tenantId(), claims);
    }

    /** What the bridge must be able to believe; a parameter is only text, the tokens are signed. */
    private Map<String, String> claims(Invitation invitation) {
        Instant now = clock.instant();
        Map<String, String> claims = new LinkedHashMap<>();
        claims.put("lead_id", invitation.call().leadId().toString());
        ContactAddress customer =
                LeadIds.address(invitation.customer(), invitation.tenant().country(), invitation.legSid());
        if (customer.kind() == ContactAddress.Kind.PHONE) {
            claims.put("customer_phone", customer.value());
        }
        claims.put("agent_id", invitation.agentId());
        claims.put("direction", invitation.direction().name().toLowerCase(Locale.ROOT));
        claims.put("role", invitation.role().wire());
        // Our own clock at both ends; should it have been set back in between, nothing has taken less than no time.
        long webhookMillis =
                Math.max(0, Duration.between(invitation.webhookAt(), now).toMillis());
        claims.put("webhook_millis", Long.toString(webhookMillis));
        claims.put("issued_millis", Long.toString(now.toEpochMilli()));
        if (!invitation.legSid().equals(invitation.call().callSid())) {
            claims.put("call_id", invitation.call().callSid());
        }
        Resume resume = invitation.resume();
        if (resume != null) {
            claims.put("resume", resume.wire());
        }
        if (invitation.briefing()) {
            claims.put("briefing", "true");
        }
        if (invitation.detecting()) {
            claims.put("hold", "answer-detection");
        }
        // The bridge's spans hang below this webhook's.
        TraceHeaders.current().ifPresent(trace -> claims.put(TraceHeaders.TRACEPARENT, trace));
        return claims;
    }
}
