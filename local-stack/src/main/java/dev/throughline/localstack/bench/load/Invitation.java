package dev.throughline.localstack.bench.load;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.throughline.localstack.bench.load.Traffic.Dialect;
import dev.throughline.localstack.secrets.ServiceTokens;
import dev.throughline.localstack.secrets.TwilioSigner;
import java.net.URI;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.UUID;

/** What telephony-gateway would have told Twilio about a call: where the stream goes and with which token it begins. */
final class Invitation {

    /**
     * One call.
     *
     * @param start the start message
     */
    record Call(String streamSid, String start) {}

    private static final ObjectMapper JSON = new ObjectMapper();

    private final ServiceTokens tokens;
    private final TwilioSigner signer;
    private final String accountSid;
    private final String publicUrl;
    private final String tenantId;

    /** @param environment as the bridge has it, and {@code BENCH_TENANT_ID} */
    Invitation(Map<String, String> environment) {
        this.tokens = new ServiceTokens(environment.getOrDefault("INTERNAL_SECRET", ""));
        this.signer = new TwilioSigner(environment.getOrDefault("TWILIO_AUTH_TOKEN", ""));
        this.accountSid = environment.getOrDefault("TWILIO_ACCOUNT_SID", "");
        this.publicUrl = environment.getOrDefault("APP_BASE_URL", "");
        this.tenantId = environment.getOrDefault("BENCH_TENANT_ID", "");
    }

    /** The agent's id of call {@code number}, by which its two ends find each other. */
    static String agentId(int number) {
        return "agent_bench_" + number;
    }

    /** The headers of the upgrade: the public address of the stream, signed. */
    Map<String, String> headers(URI target) {
        String signed = publicUrl.replaceFirst("^http", "ws") + target.getRawPath();
        return Map.of("x-twilio-signature", signer.sign(signed));
    }

    Call call(int number, Dialect dialect) {
        String hex = String.format(Locale.ROOT, "%08x", number) + "0".repeat(24);
        String callSid = "CA" + hex;
        String streamSid = "MZ" + hex;
        Map<String, String> parameters = dialect == Dialect.PLAIN ? Map.of() : parameters(number, callSid);
        Map<String, Object> start = Map.of(
                "event",
                "start",
                "sequenceNumber",
                "1",
                "streamSid",
                streamSid,
                "start",
                Map.of(
                        "accountSid", accountSid,
                        "streamSid", streamSid,
                        "callSid", callSid,
                        "tracks", List.of("inbound"),
                        "mediaFormat", Map.of("encoding", "audio/x-mulaw", "sampleRate", 8_000, "channels", 1),
                        "customParameters", parameters));
        try {
            return new Call(streamSid, JSON.writeValueAsString(start));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a map of strings is JSON", e);
        }
    }

    private Map<String, String> parameters(int number, String callSid) {
        String leadId = new UUID(0x7f1c_0000_0000_4000L, 0x8000_0000_0000_0000L | number).toString();
        Map<String, String> vouchedFor = Map.of(
                "lead_id", leadId,
                "agent_id", agentId(number),
                "customer_phone", "+12025550142",
                "direction", "inbound",
                "role", "caller");
        Map<String, String> parameters = new HashMap<>();
        parameters.put("agent_id", agentId(number));
        parameters.put("tenant_id", tenantId);
        parameters.put("call_sid", callSid);
        parameters.put("lead_id", leadId);
        parameters.put("token", tokens.mint("media-bridge", callSid, tenantId, vouchedFor));
        return parameters;
    }
}
