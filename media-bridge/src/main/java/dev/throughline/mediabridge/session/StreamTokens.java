package dev.throughline.mediabridge.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.throughline.events.tenant.Tenant;
import dev.throughline.mediabridge.carrier.CarrierFrame;
import dev.throughline.platform.elevenlabs.ConvaiClient;
import dev.throughline.platform.security.ServiceToken;
import dev.throughline.platform.security.ServiceToken.Claims;
import dev.throughline.platform.tenant.TenantDirectory;
import jakarta.inject.Singleton;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.UUID;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Decides on a {@code start}: the second barrier after the signature of the upgrade. The one-time token must be ours, not expired, made
 * for this call, tenant and lead, and not used before on this replica; a used one is remembered for longer than it can live.
 */
@Singleton
final class StreamTokens {

    /** Accepted, or why not. */
    sealed interface Verdict {
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

    /** Checks the frame and uses up its token. */
    Verdict check(CarrierFrame.Start start, Instant now, long nowNanos) {
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
        UUID leadId = uuid(start.parameter("lead_id"));
        if (claims == null || claims.tenantId() == null || leadId == null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_INVALID);
        }
        if (used.asMap().putIfAbsent(claims.id(), Boolean.TRUE) != null) {
            return new Verdict.Refused(DisconnectCause.TOKEN_USED);
        }
        return tenants.byId(claims.tenantId())
                .<Verdict>map(
                        tenant -> accepted(start, tenant, leadId, claims.other().get("customer_phone"), now, nowNanos))
                .orElse(new Verdict.Refused(DisconnectCause.TENANT_UNKNOWN));
    }

    private Verdict accepted(
            CarrierFrame.Start start,
            Tenant tenant,
            UUID leadId,
            @Nullable String customerPhone,
            Instant now,
            long nowNanos) {
        String agentId = Optional.of(start.parameter("agent_id"))
                .filter(id -> !id.isBlank())
                .or(() -> Optional.ofNullable(tenant.settings().elevenLabsAgentId()))
                .or(convai::defaultAgentId)
                .orElse("");
        if (agentId.isBlank()) {
            return new Verdict.Refused(DisconnectCause.AGENT_UNREACHABLE);
        }
        return new Verdict.Accepted(new CallFacts(
                start.callSid(), start.streamSid(), tenant, leadId, agentId, customerPhone, now, nowNanos));
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

    private static @Nullable UUID uuid(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException malformed) {
            return null;
        }
    }
}
