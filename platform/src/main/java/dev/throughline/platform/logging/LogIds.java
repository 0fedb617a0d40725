package dev.throughline.platform.logging;

import java.util.UUID;
import org.jboss.logging.MDC;
import org.jspecify.annotations.Nullable;

/**
 * The ids every log line of one piece of work carries. In Quarkus the MDC follows the duplicated Vert.x context, so ids set in a request
 * or a socket callback stay with it over asynchronous steps.
 *
 * <pre>{@code try (var ids = LogIds.of().call(callSid).lead(leadId)) { … }}</pre>
 */
public final class LogIds implements AutoCloseable {

    /** MDC key of a call. */
    public static final String CALL_ID = "callId";

    /** MDC key of an ElevenLabs conversation. */
    public static final String CONVERSATION_ID = "conversationId";

    /** MDC key of a lead. */
    public static final String LEAD_ID = "leadId";

    /** MDC key of a tenant. */
    public static final String TENANT_ID = "tenantId";

    private LogIds() {}

    /** Nothing set yet. */
    public static LogIds of() {
        return new LogIds();
    }

    public LogIds call(@Nullable String callId) {
        return put(CALL_ID, callId);
    }

    public LogIds conversation(@Nullable String conversationId) {
        return put(CONVERSATION_ID, conversationId);
    }

    public LogIds lead(@Nullable UUID leadId) {
        return put(LEAD_ID, leadId);
    }

    public LogIds tenant(@Nullable UUID tenantId) {
        return put(TENANT_ID, tenantId);
    }

    private LogIds put(String key, @Nullable Object value) {
        if (value != null) {
            MDC.put(key, value.toString());
        }
        return this;
    }

    /** Removes all four. */
    @Override
    public void close() {
        MDC.remove(CALL_ID);
        MDC.remove(CONVERSATION_ID);
        MDC.remove(LEAD_ID);
        MDC.remove(TENANT_ID);
    }
}
