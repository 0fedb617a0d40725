package dev.throughline.events;

/** The Kafka topics, design §4. No key, header or topic name holds personal data. */
public final class Topics {

    /** Every event of every channel; key = leadId, kept for ever. */
    public static final String CHANNEL_EVENTS = "channel-events-v1";

    /** What could not be processed, with its reason in headers. */
    public static final String CHANNEL_EVENTS_DLQ = "channel-events-v1-dlq";

    /** The folded context per lead; compacted, key = leadId. */
    public static final String LEAD_CONTEXTS = "lead-contexts-v1";

    /** The configuration per tenant; compacted, key = tenantId. */
    public static final String TENANTS = "tenants-v1";

    private Topics() {}
}
