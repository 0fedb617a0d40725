package dev.throughline.mediabridge.admission;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.mediabridge.admission.CallFacts.Resume;
import dev.throughline.mediabridge.admission.CallFacts.Role;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.mediabridge.ending.DisconnectCause;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a stream's address and on its {@code start}: the second barrier after the signature of the upgrade. A one-time token must be
 * ours, not expired, made for this call, tenant and lead, and not used before on this replica; a used one is remembered for longer than
 * it can live.
 */
@Singleton
public final class StreamTokens {

    /** Accepted, or why not. */
    public sealed interface Verdict {
        record Accepted(CallFacts call) implements Verdict {}

        record Refused(DisconnectCause cause) implements Verdict {}
    }

    private static final Pattern SID = Pattern.compile("[A-Za-z0-9]{1,64}");
    private static final Duration CLOCK_SKEW = Duration.ofSeconds(10);
    private static final long MOST_REMEMBERED = 200_000;

    private final ServiceToken tokens;
    private final TenantDirectory tenants;
    private final ConvaiClient convai;
    private final Cache<String, Boolean> used;

    StreamTokens(ServiceToken tokens, TenantDirectory tenants, ConvaiClient convai) {
        this.tokens = tokens;
        this.tenants = tenants;
        this.convai = convai;
        this.used = Caffeine.newBuilder()
                .expireAfterWrite(ServiceToken.MAX_AGE.plus(CLOCK_SKEW))
                .maximumSize(MOST_REMEMBERED)
                .build();
    }

    /** Checks the token of a stream's address and uses it up. What it admits may reach its agent and nothing else. */
    public Verdict expect(String opening, Instant now) {
        Claims claims = tokens.verify(opening, ServiceToken.MEDIA_BRIDGE_OPENING)
                .filter(token -> SID.matcher(token.subject()).matches())
                .orElse(null);
        if (claims == null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_INVALID);
        }
        return admit(claims, "", now);
    }

    /**
     * Checks the frame and uses up its token.
     *
     * @param expected the call of the stream's address; null when the address named none
     */
    public Verdict check(CarrierFrame.Start start, @Nullable CallFacts expected, Instant now) {
        if (!SID.matcher(start.streamSid()).matches()
                || !SID.matcher(start.callSid()).matches()) {
            return new Verdict.Refused(DisconnectCause.MALFORMED_START);
        }
        if (!start.encoding().equals("audio/x-mulaw") || start.sampleRateHz() != 8_000) {
            return new Verdict.Refused(DisconnectCause.UNSUPPORTED_MEDIA);
        }
        Claims claims = tokens.verify(token(start), ServiceToken.MEDIA_BRIDGE)
                .filter(token -> fits(token, start))
                .orElse(null);
        if (claims == null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_INVALID);
        }
        Verdict verdict = admit(claims, start.parameter("agent_id"), now);
        if (expected != null && verdict instanceof Verdict.Accepted(CallFacts call)) {
            return sameCall(expected, call)
                    ? new Verdict.Accepted(expected)
                    : new Verdict.Refused(DisconnectCause.OTHER_CALL);
        }
        return verdict;
    }

    private Verdict admit(Claims claims, String agentParameter, Instant now) {
        UUID leadId = uuid(claims.other().getOrDefault("lead_id", ""));
        if (claims.tenantId() == null || leadId == null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_INVALID);
        }
        if (used.asMap().putIfAbsent(claims.id(), Boolean.TRUE) != null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_USED);
        }
        Tenant tenant = tenants.byId(claims.tenantId()).orElse(null);
        if (tenant == null) {
            return new Verdict.Refused(DisconnectCause.TENANT_UNKNOWN);
        }
        String agentId = agentOf(claims, agentParameter, tenant);
        return agentId.isBlank()
                ? new Verdict.Refused(DisconnectCause.AGENT_UNREACHABLE)
                : new Verdict.Accepted(facts(claims, tenant, leadId, agentId, now));
    }

    private String agentOf(Claims claims, String agentParameter, Tenant tenant) {
        return Optional.ofNullable(claims.other().get("agent_id"))
                .filter(id -> !id.isBlank())
                .or(() -> Optional.of(agentParameter).filter(id -> !id.isBlank()))
                .or(() -> Optional.ofNullable(tenant.settings().elevenLabsAgentId()))
                .or(convai::defaultAgentId)
                .orElse("");
    }

    private static CallFacts facts(Claims claims, Tenant tenant, UUID leadId, String agentId, Instant now) {
        Map<String, String> told = claims.other();
        return new CallFacts(
                claims.subject(),
                told.getOrDefault("call_id", claims.subject()),
                tenant,
                leadId,
                agentId,
                told.get("customer_phone"),
                "conference-ai".equals(told.get("role")) ? Role.CONFERENCE_AI : Role.CALLER,
                switch (told.getOrDefault("resume", "")) {
                    case "bridge-lost" -> Resume.BRIDGE_LOST;
                    case "handed-back" -> Resume.HANDED_BACK;
                    default -> Resume.NONE;
                },
                "true".equals(told.get("briefing")),
                "answer-detection".equals(told.get("hold")),
                millis(told.get("webhook_millis")),
                millis(told.get("issued_millis")),
                told.get("traceparent"),
                now);
    }

    /** A token of many claims is too long for one parameter (Twilio, <i>TwiML: Stream</i>) and comes in two. */
    private static String token(CarrierFrame.Start start) {
        return start.parameter("token") + start.parameter("token_2");
    }

    /** The token's own words against the frame's: parameters are only text in TwiML until the token vouches for them. */
    private static boolean fits(Claims token, CarrierFrame.Start start) {
        String callSid = start.parameter("call_sid");
        return token.subject().equals(start.callSid())
                && (callSid.isEmpty() || callSid.equals(start.callSid()))
                && String.valueOf(token.tenantId()).equals(start.parameter("tenant_id"))
                && start.parameter("lead_id").equals(token.other().get("lead_id"));
    }

    private static boolean sameCall(CallFacts expected, CallFacts started) {
        return expected.callSid().equals(started.callSid())
                && expected.tenant().id().equals(started.tenant().id())
                && expected.leadId().equals(started.leadId());
    }

    private static long millis(@Nullable String text) {
        boolean plain = text != null
                && !text.isEmpty()
                && text.length() < 16
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
        return plain ? Long.parseLong(text) : -1;
    }

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
